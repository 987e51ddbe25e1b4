-- :checkhealth colophon: what is needed, and what of it is there.
local M = {}

-- Neovim 0.7 and 0.8 have other names for the same.
local health = vim.health or require('health')
local say = {
  start = health.start or health.report_start,
  ok = health.ok or health.report_ok,
  info = health.info or health.report_info,
  warn = health.warn or health.report_warn,
  error = health.error or health.report_error,
}

local function command()
  local config = vim.lsp.enable and vim.lsp.config.colophon or require('colophon').config
  return (config and config.cmd or { 'colophon', 'lsp', '--stdio' })
end

local function check_server()
  local cmd = command()
  if type(cmd) ~= 'table' then return say.info('the server is started by a function of yours') end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    return say.error(cmd[1] .. ' cannot be run', {
      'build it with `make build` and put bin/colophon on your PATH,',
      "or name it: require('colophon').setup({ cmd = { '/path/to/colophon', 'lsp', '--stdio' } })",
    })
  end
  local version = vim.fn.systemlist({ path, 'version' })[1]
  if vim.v.shell_error ~= 0 then return say.error(path .. ' does not tell its version') end
  say.ok(path .. ': ' .. version)
end

local function check_editor()
  for _, feature in ipairs({
    { 'nvim-0.8', 'completion by itself in omnifunc' },
    { 'nvim-0.10', 'the words behind the paths (inlay hints)' },
    { 'nvim-0.11', "vim.lsp.enable('colophon')" },
    { 'nvim-0.12', 'the line above the subject as code lenses of the core; before, the plug-in draws it' },
  }) do
    local there = vim.fn.has(feature[1]) == 1
    say.info((there and 'has ' or 'has not: ') .. feature[2])
  end
  if vim.fn.executable('git') == 0 then say.error('git is not on your PATH') end
end

local function check_buffers()
  local found = false
  for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
    if client.name == 'colophon' then
      found = true
      for buffer in pairs(client.attached_buffers or {}) do
        local status = vim.b[buffer].colophon_status
        say.ok(vim.api.nvim_buf_get_name(buffer) .. ': ' .. (status and status ~= '' and status or 'no policy, so nothing is said'))
      end
    end
  end
  if not found then say.info('no server runs; one starts with the next commit message or .colophon.yaml') end
end

function M.check()
  say.start('colophon: the server')
  check_server()
  say.start('colophon: this Neovim')
  check_editor()
  say.start('colophon: open files')
  check_buffers()
end

return M
