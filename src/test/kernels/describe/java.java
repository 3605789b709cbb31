String text(String x) {
    StringBuilder hex = new StringBuilder("\"u");
    for (char c : x.toCharArray()) {
        hex.append(String.format("%04x", (int) c));
    }
    return hex + "\"";
}

String describe(Object x) {
    if (x == null || x instanceof Boolean) {
        return String.valueOf(x);
    }
    if (x instanceof Double number) {
        return String.format("\"d%016x\"", Double.doubleToRawLongBits(number));
    }
    if (x instanceof Number) {
        return "\"i" + x + "\"";
    }
    if (x instanceof String string) {
        return text(string);
    }
    if (x instanceof java.util.List<?> list) {
        var elements = new java.util.StringJoiner(",", "[", "]");
        for (Object element : list) {
            elements.add(describe(element));
        }
        return elements.toString();
    }
    var fields = new java.util.StringJoiner(",", "{", "}");
    for (var field : ((java.util.Map<?, ?>) x).entrySet()) {
        fields.add(text((String) field.getKey()) + ":" + describe(field.getValue()));
    }
    return fields.toString();
}
