-- Baton Read All Timelines: reads every timeline of the project open in DaVinci Resolve 18.5 or later, Free or Studio, and
-- leaves each as a sequence snapshot for `baton cut MANIFEST --sequence FILE`. Run from Workspace > Scripts.

local SCRIPT, EVERY = "Baton Read All Timelines", true
