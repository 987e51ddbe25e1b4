-- Neovim 0.11 and later reads this for vim.lsp.enable('colophon').
return {
  cmd = { 'colophon', 'lsp', '--stdio' },
  filetypes = { 'gitcommit' },
  root_markers = { '.git' },
}
