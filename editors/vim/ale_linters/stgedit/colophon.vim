call ale#linter#Define('stgedit', colophon#ale('gitcommit'))
