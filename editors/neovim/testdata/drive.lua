-- Drives one session of the end-to-end test, on Neovim 0.7 to 0.12: sets the
-- server up the way a person would, takes the steps that $COLOPHON_STEPS names,
-- and writes what it sees to $COLOPHON_LOG, a line of JSON for each step.
--
-- A step waits for what it needs, at most so long; nothing sleeps.
local patience = 30000 -- ms

local log = io.open(vim.env.COLOPHON_LOG, 'a')
local function note(entry)
  log:write(vim.fn.json_encode(entry), '\n')
  log:flush()
end

-- With the demo's init file the server is attached already.
if vim.env.COLOPHON == nil then
  vim.opt.runtimepath:prepend(vim.env.COLOPHON_PLUGIN)
  local settings = vim.env.COLOPHON_SETTINGS and vim.fn.json_decode(vim.env.COLOPHON_SETTINGS)
  if vim.lsp.enable and not settings then
    vim.lsp.enable('colophon')
  else
    require('colophon').setup({ settings = settings })
  end
end

if vim.env.COLOPHON_FILETYPE then
  vim.api.nvim_create_autocmd('BufReadPre', {
    callback = function() vim.g.did_load_filetypes = 1 end, -- nobody else gives it one
  })
  vim.api.nvim_create_autocmd('BufReadPost', {
    callback = function() vim.bo.filetype = vim.env.COLOPHON_FILETYPE end,
  })
end

local function codes(found)
  local list = vim.tbl_map(function(d) return d.code end, found)
  table.sort(list)
  return table.concat(list, ' ')
end

local function findings()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b)
    if a.lnum ~= b.lnum then return a.lnum < b.lnum end
    if a.col ~= b.col then return a.col < b.col end
    return a.code < b.code
  end)
  return vim.tbl_map(function(d)
    return { lnum = d.lnum, col = d.col, endlnum = d.end_lnum, endcol = d.end_col, severity = d.severity, code = d.code, message = d.message }
  end, found)
end

local function wait(what, done)
  if not vim.wait(patience, done, 10) then
    note({ step = 'late', what = what, found = findings(), text = vim.api.nvim_buf_get_lines(0, 0, -1, false) })
    error('waited in vain for ' .. what)
  end
end

-- How often the server had its say, asked or not.
local said = 0
for _, method in ipairs({ 'textDocument/publishDiagnostics', 'textDocument/diagnostic' }) do
  local handle = vim.lsp.handlers[method]
  vim.lsp.handlers[method] = function(...)
    said = said + 1
    return handle(...)
  end
end

-- The most that was ever shown, for the sessions in which nothing may be.
local shown = 0
vim.api.nvim_create_autocmd('DiagnosticChanged', {
  callback = function() shown = math.max(shown, #vim.diagnostic.get(0)) end,
})

local function clients()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)()
end

local function request(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params()
  local answers = vim.lsp.buf_request_sync(0, method, params, patience)
  assert(answers and next(answers), method .. ' was not answered')
  local _, answer = next(answers)
  assert(not answer.err and not answer.error, vim.inspect(answer))
  return answer.result
end

local function titles(line)
  local at = { line = line, character = 0 }
  local actions = request('textDocument/codeAction', { range = { start = at, ['end'] = at }, context = { diagnostics = {} } })
  return vim.tbl_map(function(action) return action.title end, actions)
end

local steps = {}

-- see waits until exactly these rules have something to say.
function steps.see(step)
  local want, from = table.concat(step.codes, ' '), vim.loop.hrtime()
  wait('[' .. want .. ']', function() return codes(vim.diagnostic.get(0)) == want end)
  note({ step = 'see', found = findings(), ms = (vim.loop.hrtime() - from) / 1e6 })
end

-- hear waits until the server has had its say, even if that is nothing.
function steps.hear()
  wait('a word from the server', function() return said > 0 end)
end

-- offered waits until an action is there: what it proposes may depend on what
-- the server still finds out.
function steps.offered(step)
  local offered
  for _ = 1, patience / 10 do
    offered = titles(step.line)
    if vim.tbl_contains(offered, step.title) then return end
    vim.wait(10)
  end
  error(step.title .. ' is not offered, but ' .. vim.inspect(offered))
end

-- fix applies an action of a line by its title, the way people do.
function steps.fix(step)
  steps.offered(step)
  vim.api.nvim_win_set_cursor(0, { step.line + 1, 0 })
  local before = vim.api.nvim_buf_get_changedtick(0)
  local function wanted(action) return action.title == step.title end
  if vim.fn.has('nvim-0.8') == 1 then
    vim.lsp.buf.code_action({ filter = wanted, apply = true })
  else -- it knows neither, and asks
    vim.ui.select = function(items, _, choose)
      for _, item in ipairs(items) do
        if wanted(item[2]) then return choose(item) end
      end
    end
    vim.lsp.buf.code_action()
  end
  wait(step.title, function() return vim.api.nvim_buf_get_changedtick(0) > before end)
end

-- type sends keys as a person would, line by line.
function steps.type(step)
  for _, keys in ipairs(step.keys) do
    vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, true, true), 'tx', false)
  end
end

-- run is another process at work beside the editor.
function steps.run(step)
  local out = vim.fn.system(step.command)
  assert(vim.v.shell_error == 0, out)
end

-- ask has the server answer for the first line. Requests come after the text.
function steps.ask()
  wait('the server', function() return #clients() == 1 and clients()[1].initialized end)
  local hover = request('textDocument/hover', { position = { line = 0, character = 0 } })
  note({ step = 'ask', hover = hover ~= nil and hover ~= vim.NIL, offered = titles(0) })
end

local function drive()
  local want = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ':e') == 'yaml' and 'yaml' or vim.env.COLOPHON_EXPECTED or vim.env.COLOPHON_FILETYPE or 'gitcommit'
  assert(vim.bo.filetype == want, 'the file type is ' .. vim.bo.filetype)
  for _, step in ipairs(vim.fn.json_decode(vim.fn.readfile(vim.env.COLOPHON_STEPS))) do
    steps[step.step](step)
  end
  note({ step = 'end', shown = shown, clients = vim.tbl_map(function(c) return c.name end, clients()), file = vim.api.nvim_buf_get_name(0) })
  vim.cmd('wqall')
end

vim.api.nvim_create_autocmd('VimEnter', {
  callback = function()
    vim.schedule(function()
      local ok, problem = pcall(drive)
      if not ok then
        note({ step = 'failed', what = tostring(problem) })
        vim.cmd('cquit 3') -- git then makes no commit
      end
    end)
  end,
})
