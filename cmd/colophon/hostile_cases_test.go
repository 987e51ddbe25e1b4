//go:build unix

package main

import (
	"strconv"
	"strings"
)

// hostiles are the cases of the canary suite. It is a function, as git starts this
// binary very often, and some of the cases take long to write down.
func hostiles() []hostile {
	return []hostile{
		{name: "harmless"}, // the suite itself

		// Programs.
		{name: "core.fsmonitor", script: `git config core.fsmonitor "$CANARY"`, runs: `git status`},
		{name: "hooks", script: `for h in post-index-change fsmonitor-watchman reference-transaction pre-commit prepare-commit-msg commit-msg; do ln -s "$CANARY" .git/hooks/$h; done; git config core.fsmonitor true`,
			runs: `git update-index --force-write-index`},
		{name: "core.hooksPath", script: `mkdir hooks; for h in post-index-change fsmonitor-watchman reference-transaction pre-commit commit-msg; do ln -s "$CANARY" hooks/$h; done; git config core.hooksPath hooks`,
			runs: `git update-index --force-write-index`},
		{name: "core.pager", script: `git config core.pager "$CANARY"; for c in config diff-index rev-parse rev-list; do git config pager.$c "$CANARY"; done`,
			runs: `$(git var GIT_PAGER)`},
		{name: "core.editor", script: `git config core.editor "$CANARY"; git config sequence.editor "$CANARY"`, runs: `git commit --amend`},
		{name: "core.sshCommand", script: `git config remote.origin.url ssh://example.invalid/x; git config core.sshCommand "$CANARY"`, runs: `git fetch`},
		{name: "core.askPass", script: `git config core.askPass "$CANARY"`, runs: `printf 'protocol=https\nhost=example.invalid\n\n' | git credential fill`},
		{name: "credential.helper", script: `git config credential.helper "$CANARY"`, runs: `printf 'protocol=https\nhost=example.invalid\n\n' | GIT_TERMINAL_PROMPT=0 git credential fill`},
		{name: "core.gitProxy", script: `git config core.gitProxy "$CANARY"; git config remote.origin.url git://example.invalid/x`, runs: `git fetch`},
		{name: "uploadpack.packObjectsHook", script: `git config uploadpack.packObjectsHook "$CANARY"`}, // git takes it from the person only
		{name: "diff.external", script: `git config diff.external "$CANARY"`, runs: `git diff --cached`},
		{name: "diff driver", script: `echo '* diff=d' > .git/info/attributes; git config diff.d.command "$CANARY"`, runs: `git diff --cached`},
		{name: "text conversion", script: `echo '* diff=d' > .gitattributes; git config diff.d.textconv "$CANARY"; git config diff.d.cachetextconv true`,
			runs: `git diff --cached`},
		{name: "text conversion, staged attributes", script: `echo '* diff=d' > .gitattributes; git add .; rm .gitattributes; git config diff.d.textconv "$CANARY"`,
			runs: `git diff --cached`},
		{name: "text conversion, core.attributesFile", script: `echo '* diff=d' > a; git config core.attributesFile a; git config diff.d.textconv "$CANARY"`,
			runs: `git diff --cached`},
		{name: "filter", script: `echo '* filter=f' > .gitattributes; git config filter.f.clean "$CANARY"; git config filter.f.smudge "$CANARY"; git config filter.f.required true; echo touched > other`,
			runs: `git diff`},
		{name: "filter, info/attributes", script: `echo '* filter=f' > .git/info/attributes; git config filter.f.clean "$CANARY"; git config filter.f.smudge "$CANARY"; echo touched > other`,
			runs: `git diff`},
		{name: "filter process", script: `echo '* filter=f' > .git/info/attributes; git config filter.f.process "$CANARY"; echo touched > other`, runs: `git diff`},
		{name: "alias", script: `for a in config diff-index rev-parse rev-list commit staged; do git config alias.$a "!$CANARY"; done`, runs: `git staged`},
		{name: "gpg.program", script: `
		git config gpg.program "$CANARY"; git config log.showSignature true
		git cat-file commit HEAD | awk '{ print } /^committer / { print "gpgsig -----BEGIN PGP SIGNATURE-----"; print " "; print " x"; print " -----END PGP SIGNATURE-----" }' > ../c
		git update-ref HEAD $(git hash-object -t commit -w ../c)
		git log -1 --no-show-signature --format=%B > ../m; tail -n +2 .git/COMMIT_EDITMSG | grep -v '^#' >> ../m; cp ../m .git/COMMIT_EDITMSG`,
			runs: `git log -1`},
		{name: "trailer commands", script: `for t in x AI-used-for Signed-off-by; do git config trailer.$t.command "$CANARY"; git config trailer.$t.cmd "$CANARY"; git config trailer.$t.ifmissing add; done`,
			runs: `echo x | git interpret-trailers --trailer x=y`},
		{name: "other programs", script: `for k in interactive.diffFilter core.alternateRefsCommand browser.b.cmd man.m.cmd difftool.d.cmd mergetool.m.cmd sendemail.sendmailCmd gpg.ssh.program gpg.x509.program submodule.s.update imap.tunnel instaweb.httpd receive.procReceiveRefs; do git config $k "$CANARY"; done`},
		{name: "programs by the environment", env: []string{
			"GIT_EXTERNAL_DIFF=$CANARY", "GIT_PAGER=$CANARY", "GIT_SSH_COMMAND=$CANARY", "GIT_ASKPASS=$CANARY", "GIT_PROXY_COMMAND=$CANARY",
			"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=core.fsmonitor", "GIT_CONFIG_VALUE_0=$CANARY", "GIT_CONFIG_PARAMETERS='core.hooksPath'='$TOP'",
		}, runs: `git diff --cached`},
		{name: "a git in the folder", script: `cp "$CANARY" git`, env: []string{"PATH=.:$PATH"}, runs: `git status`, status: exitFailure},
		{name: "a submodule with programs", script: `
		git init -q sub; (cd sub; git commit -q --allow-empty -m x; echo y > y; git add y; git config core.fsmonitor "$CANARY")
		git -c core.fsmonitor= add sub 2>/dev/null; cp sub/y sub/z`, runs: `git status`},
		{name: "a bare repository in the work tree", script: `
		mkdir -p sub; git clone -q --bare . sub/bare; cd sub/bare; git config core.bare false; git config core.worktree ..
		git config core.fsmonitor "$CANARY"; git read-tree HEAD; cp "$TOP/message" COMMIT_EDITMSG`,
			dir: "sub/bare", file: "COMMIT_EDITMSG", runs: `cd sub/bare; git status`},

		// A partial clone: what is missing would be fetched by these.
		{name: "promisor by ext::", script: partial + `git config remote.origin.url "ext::$CANARY"; git config protocol.ext.allow always`, runs: `git diff --cached`},
		{name: "promisor by ssh", script: partial + `git config remote.origin.url ssh://example.invalid/x; git config core.sshCommand "$CANARY"`, runs: `git diff --cached`},
		{name: "promisor by upload-pack", script: partial + `git config remote.origin.uploadpack "$CANARY"`, runs: `git diff --cached`},
		{name: "promisor by a helper", script: partial + `ln -s "$CANARY" ../bin/git-remote-canary; git config remote.origin.vcs canary`,
			env: []string{"PATH=$TOP/bin:$PATH"}, runs: `git diff --cached`},

		// Configuration.
		{name: "include of a pipe", script: `git config include.path "$FIFO"`, hangs: `git config --list`, status: exitFailure, slow: true, says: "too long"},
		{name: "includeIf of a pipe", script: `git config "includeIf.gitdir:**.path" "$FIFO"`, hangs: `git config --list`, status: exitFailure, slow: true, says: "too long"},
		{name: "include of a device", script: `printf '[include]\n\tpath = /dev/zero\n' >> .git/config`, status: exitFailure},
		{name: "includeIf of a device", script: `printf '[includeIf "gitdir:**"]\n\tpath = /dev/zero\n' >> .git/config`, status: exitFailure},
		{name: "include of a private file", script: `printf '[include]\n\tpath = %s\n' "$PRIVATE" >> .git/config`, status: exitFailure},
		{name: "includeIf of a private file", script: `printf '[includeIf "gitdir:**"]\n\tpath = %s\n' "$PRIVATE" >> .git/config`, status: exitFailure},
		{name: "config is a pipe", script: `ln -sf "$FIFO" .git/config`, hangs: `git config --list`, status: exitFailure, says: "not a regular file"},
		{name: "config is a device", script: `ln -sf /dev/zero .git/config`, status: exitFailure, says: "not a regular file"},
		{name: "config is a private file", script: `ln -sf "$PRIVATE" .git/config`, status: exitFailure},
		{name: "config is a private key", script: `printf -- '-----BEGIN ` + secret + `-----\n' > "$PRIVATE"; ln -sf "$PRIVATE" .git/config`, status: exitFailure},
		{name: "config is a private section", script: `printf '[` + secret + `\n' > "$PRIVATE"; ln -sf "$PRIVATE" .git/config`, status: exitFailure},
		{name: "config is a private value", script: `printf '[a]\nb = "` + secret + `\n' > "$PRIVATE"; ln -sf "$PRIVATE" .git/config`, status: exitFailure},
		{name: "config.worktree is a pipe", script: `git config extensions.worktreeConfig true; ln -s "$FIFO" .git/config.worktree`,
			hangs: `git config --list`, status: exitFailure, says: "not a regular file"},
		{name: "config of 1 GB", script: `truncate -s 1G .git/config`, status: exitFailure},
		{name: "many settings", make: put(".git/config", "[core]\n\trepositoryformatversion = 0\n"+numbered("[a \"%\"]\nb=c\n", 45000))},
		{name: "many trailers", script: `printf '[include]\n\tpath = more\n' >> .git/config`, make: put(".git/more", numbered("[trailer \"%\"]\nkey=k\n", 100000))},
		{name: "too many settings", script: `printf '[include]\n\tpath = more\n' >> .git/config`,
			make: put(".git/more", numbered("[a \"%\"]\nlonglonglonglonglonglonglonglong=c\n", 200000)), status: exitFailure, says: "more than 8388608 bytes"},

		// What else git reads in .git.
		{name: "HEAD is a pipe", script: `ln -sf "$FIFO" .git/HEAD`, status: exitFailure, says: "not a regular file"},
		{name: "HEAD is a pipe itself", script: `rm .git/HEAD; mkfifo .git/HEAD`, hangs: `git status`, status: exitFailure, says: "not a regular file"},
		{name: "HEAD is a device", script: `ln -sf /dev/zero .git/HEAD`, status: exitFailure, says: "not a regular file"},
		{name: "HEAD is a private file", script: `ln -sf "$PRIVATE" .git/HEAD`, status: exitFailure},
		{name: "the branch is a pipe", script: `rm .git/refs/heads/main; mkfifo .git/refs/heads/main`, hangs: `git diff --cached`, slow: true},
		{name: "the branch is a device", script: `ln -sf /dev/zero .git/refs/heads/main`, heavy: true},
		{name: "the branch is outside", script: `echo "ref: refs/heads/../../../private/file" > .git/HEAD`, status: anyStatus},
		{name: "the branch is a private file", script: `ln -sf "$PRIVATE" .git/refs/heads/main`},
		{name: "packed-refs is a pipe", script: `git pack-refs --all; ln -sf "$FIFO" .git/packed-refs`, hangs: `git diff --cached`, status: exitFailure, says: "not a regular file"},
		{name: "packed-refs is a private file", script: `git pack-refs --all; ln -sf "$PRIVATE" .git/packed-refs`, tells: `git diff --cached`},
		{name: "packed-refs is a device", script: `git pack-refs --all; ln -sf /dev/zero .git/packed-refs`, status: exitFailure, says: "not a regular file"},
		{name: "shallow is a pipe", script: `ln -sf "$FIFO" .git/shallow`, hangs: `git rev-parse HEAD^1`, status: exitFailure, says: "not a regular file"},
		{name: "shallow is a private file", script: `ln -sf "$PRIVATE" .git/shallow`, tells: `git rev-parse HEAD^1`},
		{name: "index is a pipe", script: `ln -sf "$FIFO" .git/index`, hangs: `git diff --cached`, says: "not a regular file"},
		{name: "index is a device", script: `ln -sf /dev/zero .git/index`, says: "not a regular file"},
		{name: "index is a private file", script: `ln -sf "$PRIVATE" .git/index`},
		{name: "split index", script: `git update-index --split-index`},
		{name: "split index, shared with a pipe", script: `git update-index --split-index; ln -sf "$FIFO" .git/sharedindex.*`, hangs: `git diff --cached`, slow: true},
		{name: "split index, shared with a private file", script: `git update-index --split-index; ln -sf "$PRIVATE" .git/sharedindex.*`},
		{name: "commondir is a pipe", script: `ln -s "$FIFO" .git/commondir`, hangs: `git status`, status: exitFailure, says: "not a regular file"},
		{name: "commondir is a private file", script: `ln -s "$PRIVATE" .git/commondir`, status: exitFailure},
		{name: "commondir is a device", script: `ln -s /dev/zero .git/commondir`, status: exitFailure, says: "not a regular file"},
		{name: "commondir is outside", script: `git init -q -b main ../other; (cd ../other; cp "$PRIVATE" text; git add .; git commit -q -m other); echo ../../other/.git > .git/commondir`,
			tells: `git show HEAD:text`},
		{name: "alternates is a pipe", script: `ln -s "$FIFO" .git/objects/info/alternates`, hangs: `git diff --cached`, status: exitFailure, says: "not a regular file"},
		{name: "alternates is a private file", script: `ln -s "$PRIVATE" .git/objects/info/alternates`, tells: `git diff --cached`},
		{name: "alternates is a private file, and the branch is gone", script: `ln -s "$PRIVATE" .git/objects/info/alternates; echo ffffffffffffffffffffffffffffffffffffffff > .git/refs/heads/main`,
			tells: `git diff --cached`},
		{name: "alternates is a device", script: `ln -s /dev/zero .git/objects/info/alternates`, status: exitFailure, says: "not a regular file"},
		{name: "alternates is outside", script: `git init -q ../other; (cd ../other; cp "$PRIVATE" text; git add .); echo ../../../other/.git/objects > .git/objects/info/alternates`,
			tells: `git cat-file blob $(git -C ../other rev-parse :text)`},
		{name: "an object is a pipe", script: `f=.git/objects/$(git rev-parse HEAD | sed 's,..,&/,'); rm -f $f; mkfifo $f`, hangs: `git diff --cached`, slow: true},
		{name: "an object is a private file", script: `f=.git/objects/$(git rev-parse HEAD:text | sed 's,..,&/,'); ln -sf "$PRIVATE" $f`},
		{name: "an object is a device", script: `f=.git/objects/$(git rev-parse HEAD:text | sed 's,..,&/,'); ln -sf /dev/zero $f`},

		// Attributes.
		{name: "attributes are a pipe", script: `mkfifo .gitattributes`, hangs: `git diff --cached`, slow: true},
		{name: "attributes are a private file", script: `ln -s "$PRIVATE" .gitattributes`},
		{name: "info/attributes is a pipe", script: `ln -s "$FIFO" .git/info/attributes`, hangs: `git diff --cached`, status: exitFailure, says: "not a regular file"},
		{name: "info/attributes is a device", script: `ln -s /dev/zero .git/info/attributes`, status: exitFailure, says: "not a regular file"},
		{name: "info/attributes is a private file", script: `ln -s "$PRIVATE" .git/info/attributes`, tells: `git diff --cached`},
		{name: "info/attributes is a private file, and an object is gone", script: `ln -s "$PRIVATE" .git/info/attributes; rm -f .git/objects/$(git rev-parse HEAD:text | sed 's,..,&/,')`,
			tells: `git diff --cached`},
		{name: "core.attributesFile is a pipe", script: `git config core.attributesFile "$FIFO"`, hangs: `git diff --cached`, status: exitFailure, says: "not a regular file"},
		{name: "core.attributesFile is a device", script: `git config core.attributesFile /dev/zero`, status: exitFailure, says: "not a regular file"},
		{name: "core.attributesFile is a private file", script: `git config core.attributesFile "$PRIVATE"; rm -f .git/objects/$(git rev-parse HEAD:text | sed 's,..,&/,')`,
			tells: `git diff --cached`},

		// .git itself.
		{name: ".git is a symbolic link", script: `mv .git ../git; ln -s ../git .git`},
		{name: ".git leads elsewhere", script: `git init -q ../other; mv .git ../old; cp ../message COMMIT_EDITMSG; cp ../message ../other/.git; echo "gitdir: ../other/.git" > .git`, file: "COMMIT_EDITMSG"},
		{name: ".git leads to itself", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; echo "gitdir: .git" > .git`, file: "COMMIT_EDITMSG", status: exitFailure},
		{name: ".git is a loop", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; ln -s .git .git`, file: "COMMIT_EDITMSG", own: true, silent: true, status: anyStatus},
		{name: ".git leads to a device", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; echo "gitdir: /dev/zero" > .git`, file: "COMMIT_EDITMSG", status: exitFailure},
		{name: ".git is a device", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; ln -s /dev/zero .git`, file: "COMMIT_EDITMSG", own: true, silent: true, status: anyStatus},
		{name: ".git is a pipe", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; ln -s "$FIFO" .git`, file: "COMMIT_EDITMSG", own: true, silent: true, status: anyStatus},
		{name: ".git has 1 GB", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; truncate -s 1G .git`, file: "COMMIT_EDITMSG", status: exitFailure},
		{name: ".git is a private file", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; ln -s "$PRIVATE" .git`, file: "COMMIT_EDITMSG", status: exitFailure},
		{name: ".git leads by way of a private file", script: `mv .git ../old; cp ../message COMMIT_EDITMSG; printf 'gitdir: ` + secret + `\n' > "$PRIVATE"; ln -s "$PRIVATE" .git`,
			tells: `git status`, file: "COMMIT_EDITMSG", status: exitFailure},
		// Git's own tests pretend so; a git in front of the real one hands it on, as
		// Colophon does not.
		{name: "another user's, as git's tests have it", script: `
		printf '#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec %s "$@"\n' "$(command -v git)" > ../bin/git; chmod +x ../bin/git`,
			env: []string{"PATH=$TOP/bin:$PATH"}, status: exitFailure, says: "dubious ownership", silent: true},
		{name: "core.worktree is outside", script: `git config core.worktree "$TOP/private"`},
		{name: "core.worktree is everything", script: `git config core.worktree /`},

		// The policy.
		{name: "colophon.policy is a private file", own: true, script: `git config colophon.policy "$TOP/private/policy.yaml"`, status: exitUsage},
		{name: "colophon.policy is a private file, by a relative path", own: true, script: `git config colophon.policy ../private/policy.yaml`, status: exitUsage},
		{name: "colophon.policy is a private file, by a link", own: true, script: `ln -s ../private sub; git config colophon.policy sub/policy.yaml`, status: exitUsage},
		{name: "colophon.policy is a private file, by the person's home", own: true, script: `cp "$TOP/private/policy.yaml" ../home/policy.yaml; git config colophon.policy '~/policy.yaml'`, status: exitUsage},
		{name: "colophon.policy is a private file, by the work tree's settings", own: true, script: `git config extensions.worktreeConfig true; git config --worktree colophon.policy "$TOP/private/policy.yaml"`, status: exitUsage},
		{name: "colophon.policy is a private file, by an include", own: true, script: `git config include.path more; git config -f .git/more colophon.policy "$TOP/private/policy.yaml"`, status: exitUsage},
		{name: "colophon.policy is a private file in a work tree that is elsewhere", own: true, script: `git config core.worktree "$TOP/private"; git config colophon.policy ./policy.yaml`, status: exitUsage},
		{name: "colophon.policy is a private file by a link in the work tree", own: true, script: `git config colophon.policy "file.yaml"; ln -s "$TOP/private/policy.yaml" file.yaml`, status: exitUsage},
		{name: "colophon.policy is a device", own: true, script: `git config colophon.policy /dev/zero`, status: exitUsage},
		{name: "colophon.policy is a pipe", own: true, script: `git config colophon.policy "$FIFO"`, status: exitUsage},
		{name: "colophon.policy is a terminal's escape", own: true, script: `git config colophon.policy "$(printf '\033]0;x\007.yaml')"`, status: exitUsage},
		{name: "the policy is a pipe", own: true, script: `mkfifo .colophon.yaml`, status: exitUsage},
		{name: "the policy is a device", own: true, script: `ln -s /dev/zero .colophon.yaml`, status: exitUsage},
		{name: "the policy is a private file", own: true, script: `ln -s "$TOP/private/policy.yaml" .colophon.yaml`, status: exitUsage},
		{name: "the policy is a private file, by a relative path", own: true, script: `ln -s ../private/policy.yaml .colophon.yaml`, status: exitUsage},
		{name: "the policy has 1 GB", own: true, script: `truncate -s 1G .colophon.yaml`, status: exitUsage},
		{name: "the policy has a billion laughs", own: true, script: `
		{ echo 'version: 1'; echo 'a: &a [lol, lol]'; p=a; for n in b c d e f g h i j k l m n o p q r s t u v w x y z; do echo "$n: &$n [*$p, *$p, *$p, *$p]"; p=$n; done; } > .colophon.yaml`,
			status: exitUsage},
		{name: "the policy is deep", own: true, make: put(".colophon.yaml", "version: 1\ndisclosure: "+strings.Repeat("[", 30000)+strings.Repeat("]", 30000)+"\n"), status: exitUsage},
		{name: "the policy is deep by blanks", own: true, make: put(".colophon.yaml", "version: 1\n"+stairs(340)), status: exitUsage},
		{name: "the policy has patterns that take long", own: true, script: `
		deep=$(printf 'a%.0s/' $(seq 60)); mkdir -p $deep; echo x > $deep/b
		for i in $(seq 50); do echo $i > $(printf 'a%.0s' $(seq 200))$i; done; git add .`,
			make: put(".colophon.yaml", "version: 1\nextends: qemu-2026-09\nclasses:\n  test:\n"+numbered(`    - "**/*a*/**/*a*/**/*a*/%"`+"\n"+`    - "`+strings.Repeat("*a", 12)+`b%"`+"\n", 240))},
		{name: "the policy extends itself", own: true, make: put(".colophon.yaml", "version: 1\nextends: ./.colophon.yaml\n"), status: exitUsage},
		{name: "the policy extends a private file", own: true, make: put(".colophon.yaml", "version: 1\nextends: ../private/policy.yaml\n"), status: exitUsage},
		{name: "the policy extends a private file, by its whole path", own: true, script: `printf 'version: 1\nextends: "%s"\n' "$TOP/private/policy.yaml" > .colophon.yaml`, status: exitUsage},
		{name: "the policy extends a private file, by a link", own: true, script: `ln -s ../private sub; printf 'version: 1\nextends: sub/policy.yaml\n' > .colophon.yaml`, status: exitUsage},
		{name: "the policy extends a pipe", own: true, script: `mkfifo pipe; printf 'version: 1\nextends: ./pipe\n' > .colophon.yaml`, status: exitUsage},
		{name: "QEMU's documents are pipes", own: true, script: `mkdir -p docs/devel; mkfifo docs/devel/code-provenance.rst docs/devel/llm-usage.rst`, status: anyStatus},
		{name: "QEMU's documents are private files", own: true, script: `
		mkdir -p docs/devel; echo 'QEMU AI-used-for ` + secret + `' > "$PRIVATE"; ln -s "$PRIVATE" docs/devel/code-provenance.rst; ln -s "$PRIVATE" docs/devel/llm-usage.rst`, status: anyStatus},
		{name: "QEMU's folder is outside", own: true, script: `echo 'QEMU AI-used-for ` + secret + `' > ../private/llm-usage.rst; mkdir docs; ln -s "$TOP/private" docs/devel`, status: anyStatus},

		// Paths.
		{name: "wild paths in the index", make: indexOf("/etc/passwd", "../private/file", "../../private/file", ".git/config", ".git/COMMIT_EDITMSG", "a//b", "a\nb: error", "\x1b]0;title\x07", "\x9b31m", "-o", "--output=x", "\xff\xfe", strings.Repeat("long/", 700)+"x")},
		{name: "locked indexes are pipes and private files", script: `ln -s "$FIFO" .git/index.lock; ln -s "$PRIVATE" .git/next-index-1.lock; ln -s "$FIFO" .git/next-index-2.lock`},
		{name: "a linked work tree that is a pipe", script: `
		git worktree add -q ../linked; ln -sf "$FIFO" .git/worktrees/linked/gitdir; cp ../message .git/worktrees/linked/COMMIT_EDITMSG`,
			file: ".git/worktrees/linked/COMMIT_EDITMSG"},
		{name: "escape sequences in settings", script: `
		e=$(printf '\033]0;x\007\233'); for k in user.name user.email author.name trailer.x.key trailer.$e.key colophon.failOn colophon.ai core.commentChar commit.cleanup alias.x include.path; do git config $k "$e"; done`,
			status: anyStatus},
		{name: "an index that is cut", script: `head -c 100 .git/index > i; mv i .git/index`},

		// Files that are not ours to read.
		{name: "commit.template and the like are private files", script: `
		git config commit.template "$PRIVATE"; for f in MERGE_MSG SQUASH_MSG description MERGE_HEAD; do ln -sf "$PRIVATE" .git/$f; done`},
		{name: "MERGE_MSG is a pipe", script: `ln -s "$FIFO" .git/MERGE_MSG; git config commit.template "$FIFO"`},
		{name: "the message is a private file", script: `ln -sf "$PRIVATE" .git/COMMIT_EDITMSG`, secret: true, status: anyStatus},
		{name: "the patch of am is a pipe", script: `mkdir .git/rebase-apply; ln -s "$FIFO" .git/rebase-apply/patch; cp ../message .git/rebase-apply/final-commit`, file: ".git/rebase-apply/final-commit"},
		{name: "the patch of am is a private file", script: `mkdir .git/rebase-apply; ln -s "$PRIVATE" .git/rebase-apply/patch; cp ../message .git/rebase-apply/final-commit`, file: ".git/rebase-apply/final-commit"},
	}
}

// partial makes the repository a partial clone, in which a file that is staged
// anew is missing.
const partial = `
git config uploadpack.allowFilter true; mv ../work ../full
git clone -q --no-checkout --filter=blob:none "file://$TOP/full" ../work; cd ../work
git read-tree HEAD
echo new > text; git add text; cp ../message .git/COMMIT_EDITMSG
`

// numbered repeats a text with a number in the place of "%".
func numbered(text string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "%", strconv.Itoa(i)))
	}
	return b.String()
}

// stairs is YAML in which each line is nested in the one before.
func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}
