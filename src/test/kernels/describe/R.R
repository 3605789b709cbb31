text <- function(x) paste0('"s', paste(charToRaw(enc2utf8(x)), collapse = ""), '"')

describe <- function(x) {
  if (is.null(x)) return("null")
  if (is.logical(x)) return(tolower(as.character(x)))
  if (is.character(x)) return(text(x))
  if (is.numeric(x)) {
    return(paste0('"d', paste(writeBin(as.double(x), raw(), endian = "big"), collapse = ""), '"'))
  }
  values <- vapply(x, describe, "")
  if (is.null(names(x))) return(paste0("[", paste(values, collapse = ","), "]"))
  paste0("{", paste(vapply(names(x), text, ""), values, sep = ":", collapse = ","), "}")
}
