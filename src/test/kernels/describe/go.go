package main

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

func main() {}

PARAMETERS

func text(x string) string {
	return fmt.Sprintf("\"s%x\"", x)
}

func describe(x interface{}) string {
	switch value := x.(type) {
	case nil:
		return "null"
	case bool:
		return fmt.Sprint(value)
	case int:
		return fmt.Sprintf("\"i%d\"", value)
	case float64:
		return fmt.Sprintf("\"d%016x\"", math.Float64bits(value))
	case string:
		return text(value)
	case map[string]interface{}:
		fields := []string{}
		for name, field := range value {
			fields = append(fields, text(name)+":"+describe(field))
		}
		return "{" + strings.Join(fields, ",") + "}"
	}
	list := reflect.ValueOf(x)
	elements := []string{}
	for i := 0; i < list.Len(); i++ {
		elements = append(elements, describe(list.Index(i).Interface()))
	}
	return "[" + strings.Join(elements, ",") + "]"
}
