" Commit messages that other programs than git open. Vim takes the names that end in .txt
" and .patch for something else, or knows some of them; what it knows is not set twice.
autocmd BufNewFile,BufRead *.jjdescription
      \ if &filetype !=# 'jjdescription' | set filetype=jjdescription | endif
autocmd BufNewFile,BufRead hg-editor-*.txt,sl-editor-*.commit.sl.txt
      \ if &filetype !=# 'hgcommit' | set filetype=hgcommit | endif
autocmd BufNewFile,BufRead .stgit-edit.txt,.stgit-edit.patch,.stgit-new.txt,.stgit-squash.txt
      \ if &filetype !=# 'stgedit' | set filetype=stgedit | endif
