function bits(x) {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    return view.getBigUint64(0).toString(16).padStart(16, "0");
}

function text(x) {
    let hex = "";
    for (let i = 0; i < x.length; i++) {
        hex += x.charCodeAt(i).toString(16).padStart(4, "0");
    }
    return '"u' + hex + '"';
}

function describe(x) {
    if (x === null || typeof x === "boolean") {
        return String(x);
    }
    if (typeof x === "number") {
        return '"d' + bits(x) + '"';
    }
    if (typeof x === "bigint") {
        return '"i' + x + '"';
    }
    if (typeof x === "string") {
        return text(x);
    }
    if (Array.isArray(x)) {
        return "[" + x.map(describe).join(",") + "]";
    }
    return "{" + Object.entries(x).map(entry => text(entry[0]) + ":" + describe(entry[1])).join(",") + "}";
}

PARAMETERS
