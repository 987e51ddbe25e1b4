" CTRL-X CTRL-O completes, where ALE is there to ask the server.
if exists(':ALEComplete')
  setlocal omnifunc=ale#completion#OmniFunc
  let b:undo_ftplugin = get(b:, 'undo_ftplugin', 'execute') . ' | setlocal omnifunc<'
endif
