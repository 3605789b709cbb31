import struct


def text(x):
    return '"u%s"' % x.encode("utf-16-be", "surrogatepass").hex()


def describe(x):
    if x is None:
        return "null"
    if isinstance(x, bool):
        return str(x).lower()
    if isinstance(x, int):
        return f'"i{x}"'
    if isinstance(x, float):
        return f'"d{struct.pack(">d", x).hex()}"'
    if isinstance(x, str):
        return text(x)
    if isinstance(x, list):
        return "[" + ",".join(map(describe, x)) + "]"
    return "{" + ",".join(f"{text(key)}:{describe(value)}" for key, value in x.items()) + "}"
