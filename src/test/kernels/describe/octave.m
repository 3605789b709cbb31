1;

function s = describe(x)
  if iscell(x)
    s = ['[' strjoin(cellfun(@describe, x, 'UniformOutput', false), ',') ']'];
  elseif isa(x, 'containers.Map')
    names = cellfun(@describe, keys(x), 'UniformOutput', false);
    items = cellfun(@describe, values(x), 'UniformOutput', false);
    s = ['{' strjoin(strcat(names, ':', items), ',') '}'];
  elseif islogical(x)
    if x
      s = 'true';
    else
      s = 'false';
    end
  elseif ischar(x)
    s = ['"s' sprintf('%02x', uint8(x)) '"'];
  else
    s = ['"d' num2hex(x) '"'];
  end
end

PARAMETERS
