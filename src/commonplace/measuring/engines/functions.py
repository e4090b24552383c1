"""Functions that both engines have and Ibis does not pass on to each."""

import ibis


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_xor(numbers: int) -> int:
    """Of a group's numbers, the exclusive-or."""
    raise NotImplementedError
