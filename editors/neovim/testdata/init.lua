-- What a person has who did what the README says.
vim.opt.runtimepath:append(vim.env.COLOPHON_PLUGIN)
loadstring(vim.env.COLOPHON_SETUP)()
vim.opt.runtimepath:append('/usr/share/vim-fugitive')

-- For the test: the pipes between editor and server, to be closed.
pipes = {}
local new_pipe = vim.loop.new_pipe
vim.loop.new_pipe = function(...)
  table.insert(pipes, new_pipe(...))
  return pipes[#pipes]
end

-- For the test: how many findings there are is on the screen.
vim.o.laststatus = 2
vim.o.swapfile = false
vim.opt.completeopt:remove('preview') -- its window would count its own
vim.o.statusline = "%{luaeval('#vim.diagnostic.get(0)')} findings"
vim.cmd('autocmd DiagnosticChanged * redrawstatus!')
