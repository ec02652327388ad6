-- Whether anything may be done here, and how the phases are walked.

-- A project's rate cannot change once it has a timeline, and sound imported at another rate keeps that rate for ever.
local function rateProblem()
  if not job.rate then return nil end
  local function now() return tonumber(tostring(ask(project, "GetSetting", "timelineFrameRate")):match("^[%d.]+")) end
  local function right() return now() and math.abs(now() - tonumber(job.rate)) < 0.01 end
  if right() then return nil end
  if (ask(project, "GetTimelineCount") or 0) == 0 then
    ask(project, "SetSetting", "timelineFrameRate", job.rateSetting)
    if right() then return nil end
  end
  return "this project runs at " .. tostring(now()) .. " and the handoff at " .. job.rateSetting
    .. "; Resolve fixes a project's rate once it is in use. Open a new project and run " .. SCRIPT .. " there"
end

-- Why nothing may be done here; nil where all is well.
local function refusal()
  if ask(editor, "GetCurrentPage") == nil or not root then
    return "Resolve is not answering: a dialog or the Project Manager is open. Close it and run " .. SCRIPT .. " again"
  end
  if job.projectId and job.projectId ~= ask(project, "GetUniqueId") then
    return "the job was made for the project " .. tostring(job.projectName) .. " and " .. tostring(ask(project, "GetName"))
      .. " is open"
  end
  return not job.reverts and rateProblem() or nil
end

local function onClips(kind, run)
  each(kind, function(step)
    local entry = find(step)
    if entry then run(step, entry) end
  end)
end

local function saveAllWrote()
  for _, step in ipairs(steps) do
    local entry = step.clip and find(step)
    if entry and not entry.gone then saveWrote(entry) end
  end
end

-- What is about to be made, so that a run that dies in the middle of it leaves word of what may be there.
local function notePending()
  local function note(step)
    if step.kind == "make-bin" and not bins[binKey(step.bin)] or step.kind == "import" and not find(step) then
      pending[step.id] = true
    end
  end
  for _, step in ipairs(steps) do note(step) end
end

-- Carries the job out, and keeps the receipt after every phase; a sentence where it stopped before the end.
local function carryOut(phases, keep)
  local refused = refusal()
  if refused then return refused end
  walk(root, {})
  findByBatonId()
  notePending()
  if next(pending) then keep() end
  local id = ask(project, "GetUniqueId")
  for _, phase in ipairs(phases) do
    if ask(openProject(), "GetUniqueId") ~= id then
      return "another project was opened; run " .. SCRIPT .. " again in the first"
    end
    if ask(editor, "GetCurrentPage") == nil then
      return "a dialog was opened. Close it and run " .. SCRIPT .. " again"
    end
    local before = told
    phase()
    if told > before then keep() end
  end
end
