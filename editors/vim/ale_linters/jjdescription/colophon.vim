call ale#linter#Define('jjdescription', colophon#ale('gitcommit'))
