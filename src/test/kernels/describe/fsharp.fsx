open Fable.Core

[<Emit("describe($0)")>]
let describe (x: obj) : string = jsNative

PARAMETERS
