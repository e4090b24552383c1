from commonplace.objectifying.panels import PANELS

__all__ = ["PANELS"]
