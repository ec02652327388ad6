-- Baton Apply: carries out a job made by `baton job` in the project open in DaVinci Resolve 18.5 or later, Free or Studio,
-- and says what became of each step. Run from Workspace > Scripts. Every step looks first and writes only what differs, so
-- a run can be stopped anywhere and run again. One file, because a menu script of Free 21.1 cannot find its own folder.

local SCRIPT, JOB, MADE_WITH = "Baton Apply", "job", "baton job MANIFEST"
