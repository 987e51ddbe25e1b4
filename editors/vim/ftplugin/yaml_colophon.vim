" ALE takes only linters of its own choice for YAML. The policy file has ours.
if expand('%:t') ==# '.colophon.yaml' && !exists('b:ale_linters')
  let b:ale_linters = ['colophon']
  let b:undo_ftplugin = get(b:, 'undo_ftplugin', 'execute') . ' | unlet! b:ale_linters'
endif
