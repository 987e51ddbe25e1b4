call ale#linter#Define('hgcommit', colophon#ale('gitcommit'))
