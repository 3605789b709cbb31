// What Fable makes of F#'s values: 32-bit integers are numbers as floating point ones are, wider ones are objects.
function text(x) {
    let hex = "";
    for (let i = 0; i < x.length; i++) {
        hex += x.charCodeAt(i).toString(16).padStart(4, "0");
    }
    return '"u' + hex + '"';
}

globalThis.describe = function (x) {
    if (x === null || x === undefined) {
        return "null";
    }
    if (typeof x === "boolean") {
        return String(x);
    }
    if (typeof x === "number") {
        const view = new DataView(new ArrayBuffer(8));
        view.setFloat64(0, x);
        return '"d' + view.getBigUint64(0).toString(16).padStart(16, "0") + '"';
    }
    if (typeof x === "string") {
        return text(x);
    }
    if (x.constructor.name === "Long" || x.constructor.name === "BigInt_BigInteger") {
        return '"i' + x + '"';
    }
    const elements = Array.from(x);
    if (x.constructor.name === "Map_Map") {
        return "{" + elements.map(([name, value]) => text(name) + ":" + describe(value)).join(",") + "}";
    }
    return "[" + elements.map(describe).join(",") + "]";
};
