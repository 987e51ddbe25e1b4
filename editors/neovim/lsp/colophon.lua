-- Neovim 0.11 and later reads this for vim.lsp.enable('colophon').
local attach = require('colophon.attach')
return {
  capabilities = attach.capabilities,
  handlers = attach.handlers,
  on_attach = attach.on_attach,
  cmd = { 'colophon', 'lsp', '--stdio' },
  filetypes = attach.filetypes,
  get_language_id = attach.language,
  -- Of YAML only the policy file is ours: for another one no root is given, and
  -- nothing is started.
  root_dir = function(buffer, start)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    if vim.bo[buffer].filetype ~= 'yaml' or name == '.colophon.yaml' then
      start(vim.fs.root(buffer, '.git'))
    end
  end,
}
