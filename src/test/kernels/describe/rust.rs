use std::collections::HashMap;

trait Described {
    fn describe(&self) -> String;
}

impl Described for bool {
    fn describe(&self) -> String {
        self.to_string()
    }
}

impl Described for i32 {
    fn describe(&self) -> String {
        format!("\"i{}\"", self)
    }
}

impl Described for i64 {
    fn describe(&self) -> String {
        format!("\"i{}\"", self)
    }
}

impl Described for i128 {
    fn describe(&self) -> String {
        format!("\"i{}\"", self)
    }
}

impl Described for f64 {
    fn describe(&self) -> String {
        format!("\"d{:016x}\"", self.to_bits())
    }
}

impl Described for String {
    fn describe(&self) -> String {
        let hex: Vec<String> = self.bytes().map(|b| format!("{:02x}", b)).collect();
        format!("\"s{}\"", hex.concat())
    }
}

impl<T: Described> Described for Vec<T> {
    fn describe(&self) -> String {
        let elements: Vec<String> = self.iter().map(|e| e.describe()).collect();
        format!("[{}]", elements.join(","))
    }
}

impl<T: Described> Described for HashMap<String, T> {
    fn describe(&self) -> String {
        let fields: Vec<String> = self.iter().map(|(k, v)| format!("{}:{}", k.describe(), v.describe())).collect();
        format!("{{{}}}", fields.join(","))
    }
}

fn main() {
PARAMETERS
}
