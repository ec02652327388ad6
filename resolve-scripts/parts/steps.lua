-- What is being carried out, and what became of each step.

local job
local steps, clips, results = {}, {}, {}
local synced = {} -- pictures whose sound was to be linked, and what came of it
local pending, told = {}, 0 -- ids of what is about to be made; how many results there are

local function report(step, result, reason, before, item)
  told = told + 1
  results[step.id] = { result = result, reason = reason, before = before, item = item and ask(item, "GetUniqueId") }
end
-- There already: nothing was made, so there is nothing to take back.
local function reportFound(step, item)
  report(step, "verified", nil, nil, item)
  results[step.id].found = true
end
-- What a person changed since Baton wrote it, or since the plan was made, stays.
local function leave(step, reason, item)
  report(step, "skipped", reason, nil, item)
  results[step.id].left = true
end
local function each(kind, run)
  for _, step in ipairs(steps) do
    if step.kind == kind and not results[step.id] then run(step) end
  end
end
