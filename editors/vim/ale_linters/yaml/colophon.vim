call ale#linter#Define('yaml', colophon#ale('yaml'))
