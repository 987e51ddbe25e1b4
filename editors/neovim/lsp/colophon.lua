-- Neovim 0.11 and later reads this for vim.lsp.enable('colophon').
local attach = require('colophon.attach')
return {
  capabilities = attach.capabilities,
  handlers = attach.handlers,
  on_attach = attach.on_attach,
  cmd = { 'colophon', 'lsp', '--stdio' },
  filetypes = attach.filetypes,
  get_language_id = attach.language,
  -- Where no root is given, nothing is started.
  root_dir = function(buffer, start)
    if attach.takes(vim.api.nvim_buf_get_name(buffer), vim.bo[buffer].filetype) then
      start(vim.fs.root(buffer, '.git'))
    end
  end,
}
