using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

static class Describe {

    static string Text(string x) {
        return "\"u" + string.Concat(x.Select(c => ((int) c).ToString("x4"))) + "\"";
    }

    static string Of(object x) {
        if (x == null) {
            return "null";
        }
        if (x is bool) {
            return (bool) x ? "true" : "false";
        }
        if (x is double) {
            return "\"d" + BitConverter.DoubleToInt64Bits((double) x).ToString("x16") + "\"";
        }
        if (x is string) {
            return Text((string) x);
        }
        if (x is IDictionary<string, object>) {
            return "{" + string.Join(",", ((IDictionary<string, object>) x).Select(f => Text(f.Key) + ":" + Of(f.Value))) + "}";
        }
        if (x is IEnumerable) {
            return "[" + string.Join(",", ((IEnumerable) x).Cast<object>().Select(Of)) + "]";
        }
        return "\"i" + x + "\"";
    }

    static void Main() {
        Console.OutputEncoding = new System.Text.UTF8Encoding(false);
PARAMETERS
    }
}
