-- Asking Resolve: one call that never throws, lists that carry a key of their own, and where the editor is found.

-- Calls a method; nil where it is missing, throws or answers nothing. In Resolve all three mean the same.
local function ask(object, method, ...)
  local ok, answer = pcall(function(...) return object[method](object, ...) end, ...)
  if ok then return answer end
  return nil
end
local function has(object, method)
  local ok, found = pcall(function() return object[method] ~= nil end)
  return ok and found
end
-- Resolve's lists carry a key `__flags`: walk them with ipairs only.
local function list(answer) return type(answer) == "table" and answer or {} end
local function property(item, name)
  local answer = ask(item, "GetClipProperty", name)
  if type(answer) == "table" then answer = answer[name] end
  return answer ~= nil and tostring(answer) or ""
end
local function findResolve()
  if resolve then return resolve end
  if type(Resolve) == "function" then
    local ok, found = pcall(Resolve)
    if ok and found then return found end
  end
  local ok, found = pcall(function() return bmd.scriptapp("Resolve") end)
  return ok and found or nil
end
