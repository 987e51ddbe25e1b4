-- Starts Colophon for commit messages and policy files on any Neovim from 0.7 on. From 0.11 on
-- vim.lsp.enable('colophon') is enough; setup() does the same there.
local M = {}

-- The folder that holds `.git`, or the policy file. The server asks git about the
-- document's own file, so nil does no harm.
local function root(file)
  return file:match('^(.*)[/\\]%.git[/\\]') or file:match('^(.*)[/\\]%.github[/\\]%.colophon%.yaml$')
    or file:match('^(.*)[/\\]%.colophon%.yaml$')
end

-- Neovim 0.7 has no vim.lsp.start: use the client of this repository again, or
-- start one.
local start = vim.lsp.start or function(config, opts)
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == config.name and client.config.root_dir == config.root_dir then
      return vim.lsp.buf_attach_client(opts.bufnr, client.id)
    end
  end
  local id = vim.lsp.start_client(config)
  return id and vim.lsp.buf_attach_client(opts.bufnr, id)
end

-- opts.cmd       the command of the server, a list
-- opts.settings  what the server asks for: { colophon = { policy = 'qemu-2026-09' } }
function M.setup(opts)
  opts = opts or {}
  local config = { cmd = opts.cmd, settings = opts.settings }
  if vim.lsp.enable then
    vim.lsp.config('colophon', config)
    vim.lsp.enable('colophon')
    return
  end
  local attach = require('colophon.attach')
  config.name = 'colophon'
  config.handlers, config.on_attach = attach.handlers, attach.on_attach
  config.get_language_id = attach.language
  config.capabilities = vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), attach.capabilities)
  -- Neovim 0.7 neither sends settings nor says that they may be asked for.
  config.init_options = opts.settings
  config.cmd = config.cmd or { 'colophon', 'lsp', '--stdio' }
  M.config = config
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('colophon', {}),
    pattern = attach.filetypes,
    callback = function(event)
      local name = vim.api.nvim_buf_get_name(event.buf)
      if not attach.takes(name, event.match) then return end
      local here = { root_dir = root(name) }
      start(vim.tbl_extend('error', config, here), { bufnr = event.buf })
    end,
  })
end

return M
