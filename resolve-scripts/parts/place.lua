-- Where Baton's files lie: `.baton` in the person's own folder, the one folder a menu script knows.

local function environment(name) return os and os.getenv and os.getenv(name) or nil end

-- Every place where a file of Baton's may lie, the likeliest first.
local function homePlaces(name)
  local paths = {}
  for _, variable in ipairs({ "HOME", "USERPROFILE" }) do
    local home = environment(variable)
    if home and home ~= "" then paths[#paths + 1] = home:gsub("[/\\]+$", "") .. "/.baton/" .. name end
  end
  return paths
end
