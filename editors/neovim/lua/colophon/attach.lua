-- What Colophon shows beside the text, and what Neovim's core does not do by itself:
-- lens and hints are switched on, the status line has its text, :Colophon explains.
local M = {}

-- From 0.12 on the core asks for lenses by itself and puts them above the line.
-- Before, it would put them behind the subject, where most of them find no room; so
-- the same text is put above it here.
local core_lens = vim.lsp.codelens.enable ~= nil
local namespace = vim.api.nvim_create_namespace('colophon')

-- What the client says beyond Neovim's own capabilities.
M.capabilities = { experimental = { colophonStatus = true } }

-- The line of the subject, from 0 on: the first that is neither empty nor a comment, of
-- git's or of another program.
local comments = { '^#', '^JJ:', '^HG:', '^SL:' }
local function subject(buffer)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, 100, false)) do
    local comment = false
    for _, pattern in ipairs(comments) do comment = comment or line:match(pattern) ~= nil end
    if line:match('%S') and not comment then return i - 1 end
  end
  return 0
end

local function draw(buffer, text)
  vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
  if text == '' then return end
  local row = subject(buffer)
  vim.api.nvim_buf_set_extmark(buffer, namespace, row, 0, {
    virt_lines = { { { text, 'LspCodeLens' } } }, virt_lines_above = true, right_gravity = false,
  })
  -- What is above the first line is shown only if there is room for it.
  for _, window in ipairs(row == 0 and vim.fn.win_findbuf(buffer) or {}) do
    vim.api.nvim_win_call(window, function()
      if vim.fn.line('w0') == 1 then vim.fn.winrestview({ topfill = 1 }) end
    end)
  end
end

-- The server's notification: b:colophon_status for a status line, "" for nothing.
local function status(_, params)
  local buffer = vim.uri_to_bufnr(params.uri)
  if not vim.api.nvim_buf_is_loaded(buffer) then return end
  vim.b[buffer].colophon_status = params.text
  if not core_lens then draw(buffer, params.lens and params.text or '') end
  vim.cmd('redrawstatus!')
end

M.handlers = { ['colophon/status'] = status }

-- Neogit has a file type of its own for commit messages, and so have other programs than
-- git: see ftdetect/colophon.vim.
M.filetypes = { 'gitcommit', 'NeogitCommitMessage', 'hgcommit', 'jjdescription', 'stgedit', 'markdown', 'yaml' }
local others = { markdown = true, yaml = true }
function M.language(_, filetype) return others[filetype] and filetype or 'gitcommit' end

-- Of YAML only the policy file is ours, of Markdown only what `gh` opens for the text
-- of a pull request.
function M.takes(name, filetype)
  local file = vim.fn.fnamemodify(name, ':t')
  if filetype == 'yaml' then return file == '.colophon.yaml' end
  if filetype ~= 'markdown' then return true end
  local temporary = vim.loop.fs_realpath(vim.loop.os_tmpdir())
  return file:match('^%d+%.md$') ~= nil and vim.loop.fs_realpath(vim.fn.fnamemodify(name, ':h')) == temporary
end

-- Neovim calls it for each buffer.
function M.on_attach(_, buffer)
  if vim.lsp.inlay_hint and vim.lsp.inlay_hint.enable then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if core_lens then vim.lsp.codelens.enable(true, { bufnr = buffer }) end
  if vim.bo[buffer].omnifunc == '' then vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc' end -- Neovim 0.7
  vim.api.nvim_buf_create_user_command(buffer, 'Colophon', function() M.explain() end,
    { desc = 'What is known of this commit, and what the project asks' })
end

local function show(err, text)
  if err or type(text) ~= 'string' then return end
  vim.lsp.util.open_floating_preview(vim.split(text, '\n'), 'markdown', { focus_id = 'colophon', max_width = 78 })
end

-- What is known of a commit, in a small window: what :Colophon opens, and a lens.
function M.explain(uri)
  local buffer = uri and vim.uri_to_bufnr(uri) or vim.api.nvim_get_current_buf()
  local all = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buffer }) or vim.lsp.buf_get_clients(buffer)
  for _, client in pairs(all) do
    if client.name == 'colophon' then
      local params = { command = 'colophon.explain', arguments = { vim.uri_from_bufnr(buffer) } }
      local request = vim.fn.has('nvim-0.11') == 1 and function(...) client:request(...) end or client.request
      request('workspace/executeCommand', params, show, buffer)
    end
  end
end

vim.lsp.commands['colophon.explain'] = function(command) M.explain(command.arguments[1]) end

return M
