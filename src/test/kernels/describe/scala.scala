def text(x: String): String = "\"u" + x.map(c => f"${c.toInt}%04x").mkString + "\""

def describe(x: Any): String = x match {
  case None => "null"
  case b: Boolean => b.toString
  case d: Double => f""""d${java.lang.Double.doubleToRawLongBits(d)}%016x""""
  case n: Int => s""""i$n""""
  case n: Long => s""""i$n""""
  case n: BigInt => s""""i$n""""
  case s: String => text(s)
  case list: Seq[_] => list.map(describe).mkString("[", ",", "]")
  case map: Map[_, _] => map.map { case (k, v) => text(k.asInstanceOf[String]) + ":" + describe(v) }.mkString("{", ",", "}")
}

PARAMETERS
