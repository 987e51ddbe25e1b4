-- The init file of `colophon demo`, for Neovim 0.7 or later. It takes nothing
-- from your own configuration and starts the server that $COLOPHON names.

local space = vim.api.nvim_create_namespace('colophon-demo')
local looks = {
  { group = 'DiagnosticError', mark = '  ✗ ' },
  { group = 'DiagnosticWarn', mark = '  ▲ ' },
  { group = 'DiagnosticInfo', mark = '  ● ' },
  { group = 'DiagnosticHint', mark = '  ○ ' },
}
local fixable = { group = vim.fn.hlexists('DiagnosticOk') == 1 and 'DiagnosticOk' or 'MoreMsg', mark = '  ⏎ ' }

vim.o.laststatus = 2
vim.o.showmode = false
vim.o.shortmess = vim.o.shortmess .. 'F'
-- Virtual text and lines of Neovim's own end at the edge of the window. Here
-- the sentences are to be read in full, so draw() wraps them.
vim.diagnostic.config({ virtual_text = false, signs = false })
if vim.fn.has('nvim-0.10') == 0 then
  vim.cmd('highlight DiagnosticError ctermfg=9') -- the red of old is too dark for sentences
end

local function wrap(text, width)
  local lines, line = {}, nil
  for word in text:gmatch('%S+') do
    local longer = line and line .. ' ' .. word or word
    if line and vim.fn.strdisplaywidth(longer) > width then
      table.insert(lines, line)
      longer = word
    end
    line = longer
  end
  table.insert(lines, line)
  return lines
end

-- The findings, the gravest first, and of the same weight the upper one.
local function findings()
  local all = vim.diagnostic.get(0)
  table.sort(all, function(a, b)
    if a.severity ~= b.severity then
      return a.severity < b.severity
    end
    return a.lnum < b.lnum or (a.lnum == b.lnum and a.col < b.col)
  end)
  return all
end

-- Asks for the fixes of a line. The server goes by lines, so the columns do not
-- matter, nor does the unit they are counted in.
local function ask(lnum, answer)
  local at = { line = lnum, character = 0 }
  vim.lsp.buf_request(0, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = at, ['end'] = at },
    context = { diagnostics = {}, only = { 'quickfix' } },
  }, function(_, actions, context)
    local titles, best = {}, nil
    for _, action in ipairs(actions or {}) do
      table.insert(titles, action.title)
      best = best or (action.isPreferred and action)
    end
    answer(best, titles, context.client_id)
  end)
end

local glance = '' -- where the commit stands, in a line above the subject

-- Draws the findings below their lines, and below the gravest what Enter does.
local function draw(found, enter)
  local below, width = {}, vim.fn.winwidth(0) - 8
  local function add(lnum, look, text, rule)
    local lines, parts = below[lnum] or {}, wrap(text, width)
    below[lnum] = lines
    for i, part in ipairs(parts) do
      table.insert(lines, { { i == 1 and look.mark or '    ', look.group }, { part, look.group } })
    end
    if rule then
      if vim.fn.strdisplaywidth(parts[#parts] .. rule) >= width then
        table.insert(lines, { { '   ' } })
      end
      table.insert(lines[#lines], { ' ' .. rule, 'Comment' })
    end
  end
  for _, f in ipairs(found) do
    add(f.lnum, looks[f.severity], f.message, f.code)
  end
  if enter then
    add(found[1].lnum, fixable, enter)
  end
  vim.api.nvim_buf_clear_namespace(0, space, 0, -1)
  if glance ~= '' then
    vim.api.nvim_buf_set_extmark(0, space, 0, 0, { virt_lines = { { { glance, 'Comment' } } }, virt_lines_above = true })
    if vim.fn.line('w0') == 1 then vim.fn.winrestview({ topfill = 1 }) end -- or there is no room for it
  end
  for lnum, lines in pairs(below) do
    if lnum < vim.api.nvim_buf_line_count(0) then
      vim.api.nvim_buf_set_extmark(0, space, lnum, 0, { virt_lines = lines })
    end
  end
  local n = #found == 0 and 'nothing to mend' or #found == 1 and '1 finding' or #found .. ' findings'
  vim.wo.statusline = ' Colophon: ' .. n .. '%=Enter: fix   gra: all fixes   :wq commit   :cq no commit '
end

local round = 0 -- an answer that comes after the next question is not drawn
local function show()
  round = round + 1
  local mine, found = round, findings()
  if #found == 0 then
    return draw(found)
  end
  ask(found[1].lnum, function(best, titles)
    if mine == round then
      draw(found, best and best.title or titles[1] and table.concat(titles, ', or: '))
    end
  end)
end

-- Applies the preferred fix of the gravest finding. Where only a person can
-- tell, Neovim's menu opens.
local function mend()
  local f = findings()[1]
  if not f then
    return vim.notify('Nothing to mend. :wq makes the commit.')
  end
  ask(f.lnum, function(best, _, client)
    vim.api.nvim_win_set_cursor(0, { f.lnum + 1, f.col })
    if not best then
      return vim.lsp.buf.code_action()
    end
    vim.lsp.util.apply_workspace_edit(best.edit, vim.lsp.get_client_by_id(client).offset_encoding)
  end)
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'gitcommit',
  callback = function(event)
    local can = vim.lsp.protocol.make_client_capabilities()
    can.textDocument.codeAction.isPreferredSupport = true -- Neovim 0.7 leaves it to us
    can.textDocument.codeAction.dataSupport = false -- an edit comes with its action
    can.experimental = { colophonStatus = true }
    local function status(_, params)
      glance = params.text
      show()
    end
    local config = {
      name = 'colophon', cmd = { vim.env.COLOPHON, 'lsp', '--stdio' }, capabilities = can, handlers = { ['colophon/status'] = status },
    }
    if vim.lsp.start then
      vim.lsp.start(config)
    else
      vim.lsp.buf_attach_client(event.buf, vim.lsp.start_client(config))
    end
    vim.keymap.set('n', '<CR>', mend, { buffer = event.buf })
    vim.keymap.set('n', 'gra', vim.lsp.buf.code_action, { buffer = event.buf })
    vim.api.nvim_create_autocmd({ 'DiagnosticChanged', 'VimResized' }, { callback = show })
    draw({})
  end,
})
