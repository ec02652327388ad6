-- Text: JSON, percent-coding, file names. NULL is JSON's null, which no Lua table can hold.

local NULL = {}
local escapes = { ['"'] = '\\"', ["\\"] = "\\\\" }
local function json(value)
  local kind = type(value)
  if value == NULL then
    return "null"
  elseif kind == "string" then
    return '"' .. value:gsub('[%c"\\]', function(c) return escapes[c] or string.format("\\u%04x", c:byte()) end) .. '"'
  elseif kind == "number" then
    return string.format("%.0f", value)
  elseif kind ~= "table" then
    return tostring(value)
  end
  local parts = {}
  if next(value) == nil or value[1] ~= nil then
    for _, entry in ipairs(value) do parts[#parts + 1] = json(entry) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for name, entry in pairs(value) do parts[#parts + 1] = json(name) .. ":" .. json(entry) end
  table.sort(parts)
  return "{" .. table.concat(parts, ",") .. "}"
end

local function encode(text)
  return (tostring(text):gsub("[^%w_.-]", function(c) return string.format("%%%02X", c:byte()) end))
end
local function decode(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function baseName(path) return path:match("[^/\\]+$") or path end
