-- The project that is open, and the bin that a person was in.

local editor, project, pool, root
local NOT_FOUND = "Resolve was not found: run this from Workspace > Scripts in DaVinci Resolve"

local function openProject() return ask(ask(editor, "GetProjectManager"), "GetCurrentProject") end

-- Finds them all; the bin is what `restoreBin` goes back to.
local function openSession()
  editor = findResolve()
  project = openProject()
  pool = ask(project, "GetMediaPool")
  root = ask(pool, "GetRootFolder")
  return ask(pool, "GetCurrentFolder")
end

local function restoreBin(folder)
  if folder and ask(pool, "GetCurrentFolder") ~= folder then ask(pool, "SetCurrentFolder", folder) end
end
