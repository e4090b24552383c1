from tests.objectifying.conftest import crew

__all__ = ["crew"]
