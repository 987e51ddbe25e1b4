call ale#linter#Define('gitcommit', colophon#ale('gitcommit'))
