def text(x)
  '"s' + x.encode("UTF-8").unpack1("H*") + '"'
end

def describe(x)
  case x
  when nil then "null"
  when true, false then x.to_s
  when Integer then %("i#{x}")
  when Float then '"d' + [x].pack("G").unpack1("H*") + '"'
  when String then text(x)
  when Array then "[" + x.map { |element| describe(element) }.join(",") + "]"
  when Hash then "{" + x.map { |key, value| text(key) + ":" + describe(value) }.join(",") + "}"
  end
end

PARAMETERS
