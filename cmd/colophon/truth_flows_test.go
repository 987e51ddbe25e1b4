package main

// flow is one way to make a commit: a shell script that begins in a repository
// with three commits (see prelude). `edit git …` is the moment at which everybody
// is asked.
type flow struct {
	name   string
	script string
	said   []string // those who cannot tell and have to say so
	silent bool     // git asks nobody: no editor, no commit-msg hook
	quiet  bool     // what happens meanwhile does not concern what the commit contains
	newer  bool     // it takes git 2.45 or later
}

// prelude is what all scripts have: a repository with something of each kind to
// change, hooks that ask, and nobody's configuration.
const prelude = `
mkdir hooks another repo
for h in commit-msg applypatch-msg post-commit post-merge post-applypatch; do
	printf '#!/bin/sh\n[ -z "$COLOPHON_TRUTH_ON" ] || exec truth-hook "$@"\n' >hooks/$h
	chmod +x hooks/$h
done
cat >gitconfig <<E
[user]
	name = Jo Doe
	email = jo@example.org
[init]
	defaultBranch = main
[core]
	hooksPath = "$TOP/hooks"
[protocol "file"]
	allow = always
[commit]
	gpgSign = false
[advice]
	detachedHead = false
[colophon]
	policy = qemu-2026-09
E
edit() { COLOPHON_TRUTH_ON=1 GIT_EDITOR=truth-editor "$@"; }
# lines FROM TO: so many lines
lines() { i=$1; while [ $i -le $2 ]; do echo "line $i of the file"; i=$((i+1)); done; }
# todo WORDS: what rebase -i has instead of the first words of its lines
todo() { export GIT_SEQUENCE_EDITOR="sh -c 'n=0; for w in $*; do n=\$((n+1)); sed -i \"\${n}s/^pick/\$w/\" \"\$0\"; done'"; }
base() {
	git init -q "$@"
	lines 1 40 >text; printf 'a\nb\n\nc\n' >other; : >empty; printf 'a\nb' >no-newline
	printf 'a\r\nb\r\n' >crlf; printf '\0\1\2' >binary; mkdir -p dir/deep; lines 50 90 >dir/deep/file
	ln -s text link; lines 1 9 >data.min
	git add -A; git commit -qm 'The first commit'
	echo two >>other; echo two >two; git add -A; git commit -qm 'The second commit'
	echo three >>text; echo three >three; git add -A; git commit -qm 'The third commit' -m 'It has a body.'
}
# sides: a branch that changes another file, and one that conflicts
sides() {
	git checkout -qb side HEAD~1; echo side >side; git add -A; git commit -qm 'Beside'
	git checkout -qb conflict HEAD~1; echo conflict >>text; echo more >more; git add -A; git commit -qm 'In conflict'
	git checkout -q main
}
solve() { grep -v '^[<=>|]' text >solved; mv solved text; echo solved >>text; git add -A; }
git init -q another; cd repo
`

const base = "base\n"

var flows = []flow{
	// commit
	{name: "`commit`", script: base + `echo x >>text; echo new >new; git add -A; edit git commit`},
	{name: "`commit`, another file changed and not staged", script: base + `echo x >>text; git add text; echo y >>other; echo z >untracked; edit git commit`},
	{name: "`commit -m -e`", script: base + `echo x >>text; git add text; edit git commit -m Subject -e`},
	{name: "`commit -m`", script: base + `echo x >>text; git add text; edit git commit -m Subject -m '# kept'`},
	{name: "`commit -F -e`", script: base + `echo x >>text; git add text; echo Subject >../m; edit git commit -F ../m -e`},
	{name: "`commit -C HEAD`", script: base + `echo x >>text; git add text; edit git commit -C HEAD`},
	{name: "`commit -c HEAD`, the file of HEAD staged", script: base + `echo x >>text; echo x >>three; git rm -q --cached three; git reset -q three; git add text three; git reset -q; git add text; edit git commit -c HEAD`, said: []string{"blind"}},
	{name: "`commit -c HEAD`, the files of HEAD staged", script: base + `echo x >>text; echo x >>three; git add text three; edit git commit -c HEAD`, said: []string{"blind"}},
	{name: "`commit -a`, nothing staged", script: base + `echo x >>text; echo y >>other; edit git commit -a`},
	{name: "`commit -a`, something staged", script: base + `echo x >>text; git add text; echo y >>text; echo new >new; git add new; echo z >untracked; edit git commit -a`},
	{name: "`commit -i PATH`", script: base + `echo x >>text; git add text; echo y >>other; echo z >>two; edit git commit -i other`},
	{name: "`commit PATH`, another file staged", script: base + `echo x >>text; git add text; echo y >>other; edit git commit other`},
	{name: "`commit --only PATH`, of a staged file", script: base + `echo x >>text; git add text; echo y >>text; echo y >>other; git add other; edit git commit --only text`},
	{name: "`commit -p`", script: base + `echo x >>text; echo y >>other; printf 'y\nn\n' | edit git commit -p`},
	{name: "`commit --allow-empty`", script: base + `edit git commit --allow-empty`},
	{name: "`commit`, the first", script: `git init -q; echo x >x; git add x; edit git commit`},
	{name: "`commit PATH`, the first", script: `git init -q; echo x >x; echo y >y; git add x y; edit git commit x`},
	{name: "`commit` on an orphan branch", script: base + `git checkout -q --orphan new; git rm -qf text; edit git commit`},
	{name: "`commit` on a detached HEAD", script: base + `git checkout -q --detach; echo x >>text; edit git commit -a`},
	{name: "`commit` by an alias", script: base + `git config alias.ci 'commit -a'; echo x >>text; edit git ci`},
	{name: "`commit` by an alias of the shell", script: base + `git config alias.ci '!git commit -a'; echo x >>text; edit git ci`},
	{name: "`commit` in a folder", script: base + `echo x >>text; echo y >>dir/deep/file; git add -A; cd dir/deep; edit git commit`},
	{name: "`commit` with a pre-commit hook that stages", script: base + `printf '#!/bin/sh\necho hook >>other; git add other\n' >../hooks/pre-commit; chmod +x ../hooks/pre-commit; echo x >>text; git add text; edit git commit; rm ../hooks/pre-commit`, said: []string{"check"}},

	// amend
	{name: "`commit --amend`, only the message", script: base + `edit git commit --amend`},
	{name: "`commit --amend`, more staged", script: base + `echo x >>other; git add other; edit git commit --amend`},
	{name: "`commit --amend`, the same file staged", script: base + `echo x >>text; git add text; edit git commit --amend`},
	{name: "`commit --amend`, the same files staged", script: base + `echo x >>text; echo x >>three; git add -A; edit git commit --amend`, said: []string{"blind"}},
	{name: "`commit --amend -a`", script: base + `echo x >>other; edit git commit --amend -a`},
	{name: "`commit --amend PATH`, another file staged", script: base + `echo x >>other; git add other; echo y >>two; edit git commit --amend two`},
	{name: "`commit --amend --only`", script: base + `echo x >>other; git add other; edit git commit --amend --only`},
	{name: "`commit --amend` of the first", script: `git init -q; echo x >x; git add x; git commit -qm First; echo y >y; git add y; edit git commit --amend`},
	{name: "`commit --amend --no-edit`", script: base + `echo x >>other; git add other; edit git commit --amend --no-edit`},
	{name: "`commit --amend -m`", script: base + `echo x >>other; git add other; edit git commit --amend -m Another`},
	{name: "`commit --amend -m -e`, the same files staged", script: base + `echo x >>text; echo x >>three; git add -A; edit git commit --amend -m Another -e`, said: []string{"blind"}},
	{name: "`commit --amend` of a merge", script: base + `sides; git merge -q side -m Merge; echo x >>other; git add other; edit git commit --amend`},
	{name: "`commit --amend` that reverts a file", script: base + `git checkout -q HEAD~1 -- text; edit git commit --amend`},
	{name: "`commit --amend` by an alias", script: base + `git config alias.fix 'commit --amend'; echo x >>text; git add text; edit git fix`},
	{name: "`commit --amend -v`", script: base + `echo x >>text; git add text; edit git commit --amend -v`},

	// what the buffer looks like
	{name: "`commit -v`", script: base + `echo x >>text; echo new >new; git add -A; edit git commit -v`},
	{name: "`commit -v PATH`, another file staged", script: base + `echo x >>text; git add text; echo y >>other; edit git commit -v other`},
	{name: "`commit -vv`, more not staged", script: base + `echo x >>text; git add text; echo y >>text; echo y >>other; edit git commit -vv`},
	{name: "`commit -v`, no prefix", script: base + `git config diff.noprefix true; echo x >>text; git add text; edit git commit -v`},
	{name: "`commit -v`, mnemonic prefix", script: base + `git config diff.mnemonicPrefix true; echo x >>text; git mv two 'two more'; git add text; edit git commit -v`},
	{name: "`commit -v`, text conversion", script: base + `git config diff.x.textconv "sed p"; echo '*.min diff=x' >.gitattributes; git add .gitattributes; git commit -qm attributes; echo x >>data.min; git add data.min; edit git commit -v`},
	{name: "`commit --cleanup=strip`", script: base + `echo x >>text; git add text; edit git commit --cleanup=strip`},
	{name: "`commit --cleanup=whitespace`", script: base + `echo x >>text; git add text; edit git commit --cleanup=whitespace`},
	{name: "`commit --cleanup=verbatim`", script: base + `echo x >>text; git add text; edit git commit --cleanup=verbatim`},
	{name: "`commit --cleanup=scissors`", script: base + `echo x >>text; git add text; edit git commit --cleanup=scissors`},
	{name: "`commit --cleanup=scissors -v`", script: base + `echo x >>text; git add text; edit git commit --cleanup=scissors -v`},
	{name: "`commit --cleanup=default`", script: base + `echo x >>text; git add text; edit git commit --cleanup=default`},
	{name: "`commit -t TEMPLATE`", script: base + `printf 'Subject of a template\n\nbody\n' >../t; echo x >>text; git add text; export COLOPHON_TRUTH_WRITE=1; edit git commit -t ../t`},
	{name: "commit.template", script: base + `printf '\n\nWhy:\n' >../t; git config commit.template ../t; echo x >>text; git add text; edit git commit`},
	{name: "`commit`, commit.status off", script: base + `git config commit.status false; echo x >>text; git add text; edit git commit`},
	{name: "`commit -a`, commit.status off", script: base + `git config commit.status false; echo x >>text; edit git commit -a`},
	{name: "`commit PATH`, commit.status off", script: base + `git config commit.status false; echo x >>text; git add text; echo y >>other; edit git commit other`},
	{name: "`commit --amend`, commit.status off", script: base + `git config commit.status false; edit git commit --amend`, said: []string{"blind"}},
	{name: "`commit --amend`, more staged, commit.status off", script: base + `git config commit.status false; echo x >>other; git add other; edit git commit --amend`, said: []string{"blind"}},
	{name: "`commit -v --amend`, commit.status off", script: base + `git config commit.status false; echo x >>other; git add other; edit git commit -v --amend`, said: []string{"blind"}},
	{name: "`commit`, status.renames off", script: base + `git config status.renames false; git mv text moved; edit git commit`},
	{name: "`commit`, status.relativePaths off, in a folder", script: base + `git config status.relativePaths false; echo x >>text; git add -A; cd dir; edit git commit`},
	{name: "`commit`, core.commentChar ;", script: base + `git config core.commentChar ';'; echo x >>text; git add text; edit git commit`},
	{name: "`commit -v`, core.commentChar auto", script: base + `git config core.commentChar auto; echo x >>text; git add text; edit git commit -v -m '# heading' -e`},

	{name: "`commit`, core.commentChar %, lines with # and %", script: base + `git config core.commentChar %; echo x >>text; git add text; printf 'Subject\n\n# stays\n%% goes\n' >../m; edit git commit -F ../m -e`},
	{name: "`commit`, core.commentString //", newer: true, script: base + `git config core.commentString //; echo x >>text; git add text; printf 'Subject\n\n# stays\n// goes\n' >../m; edit git commit -v -F ../m -e`},
	{name: "`commit`, core.commentString, then core.commentChar", newer: true, script: base + `git config core.commentString //; git config core.commentChar ';'; echo x >>text; git add text; printf 'Subject\n\n; goes\n// stays\n' >../m; edit git commit -F ../m -e`},
	{name: "`commit`, core.commentChar of two letters", newer: true, script: base + `git config core.commentChar '#>'; echo x >>text; git add text; printf 'Subject\n\n# stays\n#> goes\n' >../m; edit git commit -F ../m -e`},
	{name: "`commit`, core.commentChar changed meanwhile", quiet: true, script: base + `echo x >>text; git add text; export COLOPHON_TRUTH_DURING='git config core.commentChar ";"'; edit git commit -m Subject -m '; stays' -e`},
	{name: "`commit -m` in a rebase with # in the message", script: base + `printf 'x' >x; git add x; git commit -qm "#1 fixed" --cleanup=verbatim; todo edit; git rebase -qi HEAD~1; edit git commit --amend --no-edit; git rebase --continue`},

	// merges and what the sequencer does
	{name: "`merge --edit`", script: base + `sides; edit git merge --edit side`},
	{name: "`merge -m`", script: base + `sides; edit git merge -m Merge side`},
	{name: "`merge --no-ff --edit`", script: base + `git checkout -qb ahead; echo x >x; git add x; git commit -qm x; git checkout -q main; edit git merge --no-ff --edit ahead`},
	{name: "`merge` with a conflict, `commit`", script: base + `sides; git merge -q conflict >/dev/null && exit 1; solve; edit git commit`},
	{name: "`merge` with a conflict, `merge --continue`", script: base + `sides; git merge -q conflict >/dev/null && exit 1; solve; edit git merge --continue`},
	{name: "`merge` with a conflict, `commit -a -v`", script: base + `sides; git merge -q conflict >/dev/null && exit 1; git checkout -q --ours text; echo more >>text; edit git commit -a -v`},
	{name: "`merge` of two (octopus)", script: base + `sides; git checkout -qb third HEAD~1; echo third >third; git add -A; git commit -qm Third; git checkout -q main; edit git merge --edit side third`},
	{name: "`merge --squash`, `commit`", script: base + `sides; git merge -q --squash side; edit git commit`},
	{name: "`merge --no-commit`, `commit --cleanup=scissors`", script: base + `sides; git merge -q --no-commit side; edit git commit --cleanup=scissors`},
	{name: "`cherry-pick --edit`", script: base + `sides; edit git cherry-pick --edit side`},
	{name: "`cherry-pick` with a conflict, `--continue`", script: base + `sides; git cherry-pick conflict >/dev/null 2>&1 && exit 1; solve; edit git cherry-pick --continue`},
	{name: "`cherry-pick` with a conflict, `commit`", script: base + `sides; git cherry-pick conflict >/dev/null 2>&1 && exit 1; solve; edit git commit`},
	{name: "`cherry-pick --edit` of two", script: base + `sides; git checkout -q side; echo s2 >s2; git add s2; git commit -qm 'Beside again'; git checkout -q main; edit git cherry-pick --edit side~1 side`},
	{name: "`cherry-pick` of two, a conflict in the first", script: base + `sides; edit git cherry-pick --edit conflict side >/dev/null 2>&1 && exit 1; solve; edit git cherry-pick --continue`},
	{name: "`revert`", script: base + `edit git revert --edit HEAD`},
	{name: "`revert` with a conflict, `--continue`", script: base + `echo four >>text; git commit -qam Fourth; git revert HEAD~1 >/dev/null 2>&1 && exit 1; solve; edit git revert --continue`},
	{name: "`revert` of two", script: base + `edit git revert --edit HEAD HEAD~1`},
	{name: "`rebase -i`: reword", script: base + `todo reword reword; edit git rebase -qi HEAD~2`},
	{name: "`rebase -i --root`: reword", script: base + `todo reword; edit git rebase -qi --root`},
	{name: "`rebase -i`: reword with a conflict", script: base + `sides; git checkout -q conflict; todo reword; edit git rebase -qi main >/dev/null 2>&1 && exit 1; solve; edit git rebase --continue`},
	{name: "`rebase -i`: edit, `commit --amend`", script: base + `todo edit; git rebase -qi HEAD~2; echo x >>two; git add two; edit git commit --amend; git rebase --continue`},
	{name: "`rebase -i`: edit, `rebase --continue`", script: base + `todo edit; git rebase -qi HEAD~2; echo x >>two; git add two; edit git rebase --continue`},
	{name: "`rebase -i`: edit, `commit`", script: base + `todo edit; git rebase -qi HEAD~2; echo x >x; git add x; edit git commit; git rebase --continue`},
	{name: "`rebase -i`: squash", script: base + `todo pick squash; edit git rebase -qi HEAD~2`},
	{name: "`rebase -i`: squash twice", script: base + `echo 4 >four; git add four; git commit -qm Fourth; todo pick squash squash; edit git rebase -qi HEAD~3`},
	{name: "`rebase -i`: squash with a conflict", script: base + `echo four >>text; git commit -qam Fourth; todo pick squash; export GIT_SEQUENCE_EDITOR="sed -i -e '1{h;d}' -e '2{s/^pick/pick/;G;s/\npick/\nsquash/}'"; edit git rebase -qi HEAD~2 >/dev/null 2>&1 && exit 1; solve; edit git rebase --continue >/dev/null 2>&1 || { solve; edit git rebase --continue; }`, said: []string{"blind"}},
	{name: "`rebase -i`: fixup -C", script: base + `export GIT_SEQUENCE_EDITOR="sed -i '2s/^pick/fixup -C/'"; edit git rebase -qi HEAD~2`, silent: true},
	{name: "`rebase -i`: fixup -c", script: base + `export GIT_SEQUENCE_EDITOR="sed -i '2s/^pick/fixup -c/'"; edit git rebase -qi HEAD~2`},
	{name: "`am` stopped on a conflict, `commit`", script: base + `sides; git format-patch -q -1 conflict -o ..; git am -q -3 ../0001-*.patch >/dev/null 2>&1 && exit 1; solve; edit git commit; git am --skip >/dev/null 2>&1 || git am --quit`},
	{name: "`am`", script: base + `sides; git format-patch -q -1 side -o ..; edit git am -q -3 ../0001-*.patch`},
	{name: "`commit --fixup=amend:`", script: base + `echo x >>other; git add other; edit git commit --fixup=amend:HEAD~1`},
	{name: "`commit --fixup=amend:HEAD`, the files of HEAD staged", script: base + `echo x >>text; echo x >>three; git add -A; edit git commit --fixup=amend:HEAD`, said: []string{"blind"}},
	{name: "`commit --fixup=reword:`", script: base + `echo x >>other; git add other; edit git commit --fixup=reword:HEAD~1`},
	{name: "`commit --fixup`", script: base + `echo x >>other; git add other; edit git commit --fixup=HEAD~1`},
	{name: "`commit --squash`", script: base + `echo x >>other; git add other; edit git commit --squash=HEAD~1`},

	// kinds of repositories
	{name: "linked work tree", script: base + `git worktree add -q ../linked; cd ../linked; echo x >>text; git add text; edit git commit`},
	{name: "linked work tree, `commit PATH`", script: base + `git worktree add -q ../linked; cd ../linked; echo x >>text; git add text; echo y >>other; edit git commit other`},
	{name: "linked work tree, `commit --amend -a`", script: base + `git worktree add -q ../linked; cd ../linked; echo x >>text; edit git commit --amend -a`},
	{name: "submodule", script: base + `git clone -q . ../sub; git submodule --quiet add ../sub sub; git commit -qm Sub; cd sub; echo x >>text; git add text; edit git commit`},
	{name: "`--separate-git-dir`", script: `base --separate-git-dir="$TOP/elsewhere"` + "\n" + `echo x >>text; git add text; edit git commit`},
	{name: "bare repository and GIT_WORK_TREE", script: base + `git clone -q --bare . ../bare.git; export GIT_DIR="$TOP/bare.git" GIT_WORK_TREE="$TOP/repo"; git read-tree HEAD; echo x >>text; edit git commit -a`},
	{name: "SHA-256 repository", script: "base --object-format=sha256\n" + `echo x >>text; git add text; edit git commit -v`},
	{name: "SHA-256 repository, `commit PATH`", script: "base --object-format=sha256\n" + `echo x >>text; git add text; echo y >>other; edit git commit other`},
	{name: "sparse index", script: base + `git sparse-checkout init --cone --sparse-index; echo x >>text; edit git commit -a`},
	{name: "split index", script: base + `git update-index --split-index; echo x >>text; edit git commit -a`},
	{name: "split index, `commit PATH`", script: base + `git update-index --split-index; echo x >>text; git add text; echo y >>other; edit git commit other`},
	{name: "index.skipHash", script: base + `git config index.skipHash true; echo x >>text; git add text; edit git commit`},
	{name: "shallow clone", script: base + `git clone -q --depth=1 "file://$PWD" ../shallow; cd ../shallow; echo x >>text; git add text; edit git commit`},
	{name: "shallow clone, `commit --amend`", script: base + `git clone -q --depth=1 "file://$PWD" ../shallow; cd ../shallow; echo x >>text; git add text; edit git commit --amend`},
	{name: "partial clone", script: base + `git config uploadpack.allowFilter true; git clone -q --filter=blob:none "file://$PWD" ../partial; cd ../partial; echo x >>text; git add text; edit git commit`},
	{name: "path with blanks and a percent sign", script: `mkdir 'a b%20#c'; cd 'a b%20#c'` + "\n" + base + `echo x >>text; git add text; edit git commit`},
	{name: "packed refs", script: base + `git pack-refs --all --prune; echo x >>text; git add text; edit git commit --amend`},

	// kinds of changes
	{name: "odd names", script: base + `for n in ' blank ' 'tab	' 'new
line' 'quote"' "apo'strophe" 'back\slash' -dash -- HEAD ümlaut; do echo x >"./$n"; done; git add -A; edit git commit`},
	{name: "odd names, `commit -v`, core.quotePath off", script: base + `git config core.quotePath false; for n in ' blank ' 'tab	' 'new
line' 'quote"' 'back\slash' -dash ümlaut; do echo x >"./$n"; done; git add -A; edit git commit -v`},
	{name: "a name that is not UTF-8", script: base + `printf 'x' >"$(printf 'bytes\377x')"; git add -A; edit git commit -v`},
	{name: "names that differ in case", script: base + `git config core.ignoreCase true; git mv text Text; edit git commit`},
	{name: "rename, rename with changes", script: base + `git mv text moved; git mv dir/deep/file file; echo x >>file; git add -A; edit git commit -v`},
	{name: "copy", script: base + `cp text copy; echo x >>text; git add -A; edit git commit`},
	{name: "deletion, binary, empty, mode", script: base + `git rm -q two; printf '\0\3' >binary; echo x >>empty; : >new; git add -A; git update-index --chmod=+x text; edit git commit -v`},
	{name: "symbolic link, file becomes link", script: base + `ln -sf other link; rm text; ln -s other text; git add -A; edit git commit -v`},
	{name: "step of a submodule", script: base + `git clone -q . ../sub; git submodule --quiet add ../sub sub; git commit -qm Sub; git -C sub commit -q --allow-empty -m step; git add sub; edit git commit`},
	{name: "attribute -diff", script: base + `echo '*.min -diff' >.gitattributes; echo x >>data.min; git add -A; edit git commit -v`},
	{name: "core.autocrlf", script: base + `git config core.autocrlf true; printf 'a\r\nb\r\nc\r\n' >win; printf 'x\r\ny\r\n' >crlf; git add -A 2>/dev/null; edit git commit`},
	{name: "pointer of Git LFS", script: base + `git config filter.lfs.clean "sed 's/.*/oid sha256:&/'"; git config filter.lfs.smudge cat; echo '*.big filter=lfs diff=lfs merge=lfs -text' >.gitattributes; echo 1 >a.big; git add -A; edit git commit`},
	{name: "intent to add", script: base + `echo new >new; git add -N new; echo x >>text; git add text; edit git commit`},

	// while the editor is open
	{name: "another file staged meanwhile", script: base + `echo x >>text; git add text; export COLOPHON_TRUTH_DURING='echo y >>other; git add other'; edit git commit`, said: []string{"check"}},
	{name: "the same file staged again meanwhile", script: base + `echo x >>text; git add text; export COLOPHON_TRUTH_DURING='echo y >>text; git add text'; edit git commit -v`},
	{name: "`reset` meanwhile", script: base + `echo x >>text; echo x >>other; git add -A; export COLOPHON_TRUTH_DURING='git reset -q other'; edit git commit -v`},
	{name: "another file staged meanwhile, `commit --amend`", script: base + `export COLOPHON_TRUTH_DURING='echo y >>other; git add other'; edit git commit --amend`, said: []string{"check"}},
}
