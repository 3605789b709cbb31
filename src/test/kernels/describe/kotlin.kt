fun text(x: String): String = "\"u" + x.toCharArray().joinToString("") { "%04x".format(it.code) } + "\""

fun describe(x: Any?): String = when (x) {
    null, is Boolean -> x.toString()
    is Double -> "\"d%016x\"".format(x.toRawBits())
    is Number -> "\"i$x\""
    is String -> text(x)
    is List<*> -> x.joinToString(",", "[", "]") { describe(it) }
    is Map<*, *> -> x.entries.joinToString(",", "{", "}") { text(it.key as String) + ":" + describe(it.value) }
    else -> error("a value of " + x::class)
}
