-- The run: the open timeline or every one, each to a file of its own, and the result where a person sees it.

local function timelines()
  if not EVERY then return { ask(project, "GetCurrentTimeline") } end
  local all = {}
  for number = 1, tonumber(ask(project, "GetTimelineCount")) or 0 do
    all[#all + 1] = ask(project, "GetTimelineByIndex", number)
  end
  return all
end

-- A file name that every system takes: letters beyond ASCII are bytes that Windows reads otherwise.
local function fileName(text)
  local plain = text:gsub("[^%w_.-]+", "_"):sub(1, 60)
  return plain:gsub("^[_.]+", ""):gsub("[_.]+$", "")
end

local function keepTimeline(timeline)
  local name = tostring(ask(timeline, "GetName"))
  local read, items = readTimeline(timeline)
  if not read then return name .. ": not read: " .. items end
  if ask(editor, "GetCurrentPage") == nil then return name .. ": not read: a dialog opened meanwhile" end
  local place = homePlaces("timeline-" .. fileName(name))[1]
  local kept = place and keepText(freeStem(place), "Baton.Sequence", json(read) .. "\n")
  if not kept then return name .. ": read, and nowhere to leave it" end
  return string.format("%s: %d items on %d tracks: %s", name, items, #read.tracks, kept), true
end

local function run()
  local folder = openSession()
  local lines, done, stopped = {}, 0, nil
  if not editor then
    stopped = NOT_FOUND
  elseif ask(editor, "GetCurrentPage") == nil or not root then
    stopped = "Resolve is not answering: a dialog or the Project Manager is open. Close it and run " .. SCRIPT .. " again"
  else
    for _, timeline in ipairs(timelines()) do
      local ok, line, good = pcall(keepTimeline, timeline)
      lines[#lines + 1] = ok and line or "a timeline could not be read: " .. tostring(line)
      done = done + (ok and good and 1 or 0)
    end
    if #lines == 0 then stopped = "no timeline is open: open one on the Edit page and run " .. SCRIPT .. " again" end
  end
  local headline = "Baton: STOPPED: " .. tostring(stopped)
  if not stopped then headline = string.format("Baton: %d of %d timelines read", done, #lines) end
  showResult(headline, lines)
  restoreBin(folder)
  print(headline)
  for _, line in ipairs(lines) do print("  " .. line) end
end

local ok, failure = pcall(run)
if not ok then
  print(SCRIPT .. " failed: " .. tostring(failure))
  showResult("Baton: failed: " .. tostring(failure), {})
end
