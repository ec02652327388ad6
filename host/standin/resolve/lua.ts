/**
 * Puts the stand-in behind real Lua 5.1: objects as userdata (no pairs, no #), lists with Resolve's `__flags` key, and the
 * free 21.1 menu host's missing libraries. The engine is given from outside; only text passes between the two.
 */
import type { Answer } from './handle.ts';
import type { StandinResolve } from './standin.ts';

/**
 * The one function Lua calls. `?Name` asks whether the method is there. The reply is Lua source, so that Lua needs no
 * parser: `return {H"Folder:folder-3",["__flags"]=4194304}`.
 */
export function luaDoor(standin: StandinResolve): (handle: string, method: string, args: string) => string {
  return (handle, method, args) => {
    if (method === '?file') return `return ${standin.files.has(JSON.parse(args) as string)}`;
    if (method === '?constant') return `return ${standin.constant(JSON.parse(args) as string) ?? 'nil'}`;
    if (method === '?time') return `return ${performance.now() / 1000}`;
    if (method.startsWith('?')) return `return ${standin.has(handle, method.slice(1))}`;
    try {
      return `return ${literal(standin.call(handle, method, JSON.parse(args) as unknown[]))}`;
    } catch (error) {
      standin.crashes.push(`${handle} ${method} ${args}: ${String(error)}`);
      return 'error("the stand-in broke")';
    }
  };
}

function literal(answer: Answer): string {
  if (answer === null) return 'nil';
  if (typeof answer === 'string') return quoted(answer);
  if (typeof answer !== 'object') return String(answer);
  if (Array.isArray(answer))
    return `{${answer.map((entry) => `${literal(entry)},`).join('')}["__flags"]=4194304}`;
  if (answer instanceof Map)
    return `{${[...answer].map(([key, held]) => `[${literal(key)}]=${literal(held)}`).join(',')}}`;
  return `H${quoted(answer.handle)}`;
}

/** As bytes, so that nothing depends on how the engine reads text. */
function quoted(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  const plain = (byte: number) => byte >= 32 && byte < 127 && byte !== 34 && byte !== 92;
  const escaped = bytes.map((byte) =>
    plain(byte) ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`,
  );
  return `"${escaped.join('')}"`;
}

/**
 * Lua that sets the scene. It expects the globals `__call` (luaDoor) and `__env` (environment variables), and leaves
 * `__run(source, name, sandboxed)`, which answers an error message or nil, and the list `__printed`.
 */
export const LUA_SCENE = `
local call, env, openFile = __call, __env, io.open
local handles = setmetatable({}, { __mode = "k" })
local base = newproxy(true)
local meta = getmetatable(base)
local function H(id)
  local object = newproxy(base)
  handles[object] = id
  return object
end

local function json(value)
  local kind = type(value)
  if kind == "string" then
    return '"' .. value:gsub('[%c"\\\\]', function(c) return string.format("\\\\u%04x", c:byte()) end) .. '"'
  end
  if kind == "userdata" then return '{"handle":' .. json(handles[value]) .. "}" end
  if kind == "number" then return string.format("%.17g", value) end
  if kind == "nil" then return "null" end
  if kind ~= "table" then return tostring(value) end
  local parts = {}
  if next(value) == nil or value[1] ~= nil then
    for _, entry in ipairs(value) do parts[#parts + 1] = json(entry) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for key, entry in pairs(value) do parts[#parts + 1] = json(tostring(key)) .. ":" .. json(entry) end
  return "{" .. table.concat(parts, ",") .. "}"
end
local function reply(text)
  local chunk = assert(loadstring(text))
  setfenv(chunk, { H = H })
  return chunk()
end

local known = {}
meta.__index = function(object, name)
  local id = handles[object]
  local key = id:match("^[^:]*") .. "." .. tostring(name)
  if known[key] == nil then known[key] = reply(call(id, "?" .. tostring(name), "[]")) end
  if not known[key] then return id == "Resolve:" and reply(call(id, "?constant", json(tostring(name)))) or nil end
  return function(self, ...)
    local args = {}
    for place = 1, select("#", ...) do args[place] = json((select(place, ...))) end
    return reply(call(handles[self], name, "[" .. table.concat(args, ",") .. "]"))
  end
end
meta.__eq = function(a, b) return handles[a] == handles[b] end

resolve, fusion = H("Resolve:"), H("Fusion:")
os.getenv = function(name) return env[name] end
bmd = {
  gettime = function() return reply(call("Fusion:", "?time", "[]")) end,
  wait = function() end,
  fileexists = function(path)
    local file = openFile(path)
    if file then file:close() end
    return file ~= nil or reply(call("Fusion:", "?file", json(path)))
  end,
}

__printed = {}
local function sandbox()
  local kept = { os = {}, resolve = resolve, fusion = fusion, bmd = bmd, print = function() end }
  for name in ("assert error getmetatable ipairs next pairs pcall rawequal rawget rawset select setmetatable tonumber tostring"
    .. " type unpack xpcall loadfile dofile load loadstring setfenv getfenv coroutine string table math"):gmatch("%a+") do
    kept[name] = _G[name]
  end
  for name in ("clock date difftime getenv time tmpname"):gmatch("%a+") do kept.os[name] = os[name] end
  kept._G = kept
  return kept
end
function print(...)
  local words = {}
  for place = 1, select("#", ...) do words[place] = tostring((select(place, ...))) end
  __printed[#__printed + 1] = table.concat(words, "\\t")
end

function __run(source, name, sandboxed)
  local chunk, failure = loadstring(source, name)
  if not chunk then return failure end
  if sandboxed then setfenv(chunk, sandbox()) end
  local ok, problem = pcall(chunk)
  if not ok then return tostring(problem) end
end
`;
