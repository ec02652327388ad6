-- Baton Read Timeline: reads the timeline that is open in DaVinci Resolve 18.5 or later, Free or Studio, and leaves it as a
-- sequence snapshot for `baton cut MANIFEST --sequence FILE`. Run from Workspace > Scripts. Changes nothing on the timeline.

local SCRIPT, EVERY = "Baton Read Timeline", false
