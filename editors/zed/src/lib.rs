//! Starts the server that is on the path, for commit messages.

use zed_extension_api as zed;

struct Colophon;

impl zed::Extension for Colophon {
    fn new() -> Self {
        Colophon
    }

    fn language_server_command(
        &mut self,
        _id: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree
            .which("colophon")
            .ok_or("colophon is not on the path: install it, then open the message again")?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".into(), "--stdio".into()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(Colophon);
