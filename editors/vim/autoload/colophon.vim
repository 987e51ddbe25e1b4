" Where the server is, and for which files it is started: what the linters of
" ALE below ale_linters/ share.

function! colophon#ale(language) abort
  return {
  \ 'name': 'colophon',
  \ 'lsp': 'stdio',
  \ 'language': a:language,
  \ 'executable': {buffer -> get(g:, 'colophon_executable', 'colophon')},
  \ 'command': '%e lsp --stdio',
  \ 'project_root': function('colophon#root'),
  \ 'initialization_options': {buffer -> {'colophon': get(g:, 'colophon_settings', {})}},
  \}
endfunction

" The top of the work tree, or the folder in which git has started the editor. Of
" YAML only the policy file is ours: for another one there is no root, and ALE
" starts nothing.
function! colophon#root(buffer) abort
  let file = fnamemodify(bufname(a:buffer), ':p')
  if getbufvar(a:buffer, '&filetype') ==# 'yaml' && fnamemodify(file, ':t') !=# '.colophon.yaml'
    return ''
  endif
  let git = finddir('.git', fnamemodify(file, ':h') . ';')
  return git ==# '' ? getcwd() : fnamemodify(git, ':p:h:h')
endfunction
