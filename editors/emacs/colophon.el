;;; colophon.el --- Say where AI helped, in commit messages  -*- lexical-binding: t; -*-

;; Author: The Colophon authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: vc, tools

;;; Commentary:

;; Starts the language server `colophon' in each commit message that Emacs
;; opens, whether git or Magit asked for it, and in `.colophon.yaml', the policy
;; of a project.
;;
;;     (require 'colophon)
;;     (colophon-mode 1)
;;
;; Eglot or lsp-mode does the rest: findings, fixes, hover and completion.

;;; Code:

(require 'conf-mode)

(defgroup colophon nil
  "Say where AI helped, in commit messages."
  :group 'vc
  :prefix "colophon-")

(defcustom colophon-command '("colophon" "lsp" "--stdio")
  "The server and its arguments."
  :type '(repeat string))

(defcustom colophon-settings nil
  "Settings of the server, a property list.
For example (:policy \"qemu-2026-09\"), which holds for every repository."
  :type 'plist)

(defcustom colophon-client 'auto
  "The client that talks to the server.
With `auto' it is lsp-mode where that is loaded already, and Eglot
otherwise."
  :type '(choice (const :tag "lsp-mode where it is loaded, or Eglot" auto)
                 (const :tag "Eglot" eglot)
                 (const :tag "lsp-mode" lsp-mode)))

(defconst colophon--files
  '(("/\\(?:COMMIT_EDITMSG\\|MERGE_MSG\\|rebase-apply/final-commit\\)\\'" . colophon-message-mode)
    ;; Of Sapling and StGit, which open theirs in the work tree.
    ("/\\(?:sl-editor-[^/]*\\.txt\\|\\.stgit-edit\\.\\(?:txt\\|patch\\)\\)\\'" . colophon-message-mode)
    ("/\\.colophon\\.yaml\\'" . colophon-policy-mode))
  "The files that are ours, as in `auto-mode-alist'.")

(defvar colophon-message-mode-map
  (let ((map (make-sparse-keymap)))
    ;; In older Emacsen Text mode has a dictionary there.
    (define-key map (kbd "C-M-i") #'completion-at-point)
    map)
  "Keys in a commit message.")

;;;###autoload
(define-derived-mode colophon-message-mode text-mode "Commit"
  "Major mode for commit messages.
It is Text mode with a name of its own, so that a language server
for messages has nothing to do with other texts."
  (setq-local comment-start "#")
  (setq-local comment-start-skip "#+[ \t]*"))

;;;###autoload
(define-derived-mode colophon-policy-mode conf-colon-mode "Policy"
  "Major mode for .colophon.yaml, the policy of a project."
  (conf-mode-initialize "#" 'conf-colon-font-lock-keywords)
  (setq-local indent-tabs-mode nil))

(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)
(defvar git-commit-major-mode)
(declare-function eglot-current-server "eglot")
(declare-function eglot-ensure "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp "lsp-mode")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-request "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")

(defun colophon--options (&rest _)
  "The settings as the server takes them."
  (list :colophon (or colophon-settings (make-hash-table))))

(defun colophon--contact (&rest _)
  "What Eglot is to start."
  (append colophon-command (list :initializationOptions (colophon--options))))

(defun colophon--eglot ()
  "Start the server by Eglot."
  (require 'eglot)
  (add-to-list 'eglot-server-programs
               '((colophon-message-mode :language-id "git-commit") . colophon--contact))
  (add-to-list 'eglot-server-programs
               '((colophon-policy-mode :language-id "yaml") . colophon--contact))
  (eglot-ensure))

(defun colophon--lsp-mode ()
  "Start the server by lsp-mode."
  (require 'lsp-mode)
  (add-to-list 'lsp-language-id-configuration '(colophon-message-mode . "git-commit"))
  (add-to-list 'lsp-language-id-configuration '(colophon-policy-mode . "yaml"))
  (lsp-register-client
   (make-lsp-client
    :server-id 'colophon
    :new-connection (lsp-stdio-connection (lambda () colophon-command))
    :major-modes '(colophon-message-mode colophon-policy-mode)
    :initialization-options #'colophon--options))
  (lsp))

(defun colophon-start ()
  "Start the server for this buffer, if it is there and this is a file."
  (cond
   ((not buffer-file-name))
   ((not (executable-find (car colophon-command)))
    (message "There is no %s on the path: install Colophon, or set `colophon-command'"
             (car colophon-command)))
   ((or (eq colophon-client 'eglot)
        (and (eq colophon-client 'auto) (not (featurep 'lsp-mode))))
    (colophon--eglot))
   (t (colophon--lsp-mode))))

(defun colophon-explain ()
  "Show which policy is in force here, and what it means for this commit."
  (interactive)
  (let* ((uri (concat "file://" (mapconcat #'url-hexify-string (split-string buffer-file-name "/") "/")))
         (ask (list :command "colophon.explain" :arguments (vector uri)))
         (said (if (bound-and-true-p lsp-mode)
                   (lsp-request "workspace/executeCommand" ask)
                 (jsonrpc-request (or (eglot-current-server)
                                      (user-error "The server does not run here"))
                                  :workspace/executeCommand ask))))
    (with-help-window "*colophon*"
      (princ said))))

;;;###autoload
(define-minor-mode colophon-mode
  "Attach Colophon to commit messages and to .colophon.yaml."
  :global t
  (dolist (file colophon--files)
    (if colophon-mode
        (add-to-list 'auto-mode-alist file)
      (setq auto-mode-alist (delete file auto-mode-alist))))
  (dolist (hook '(colophon-message-mode-hook colophon-policy-mode-hook))
    (if colophon-mode
        (add-hook hook #'colophon-start)
      (remove-hook hook #'colophon-start)))
  ;; Magit's git-commit-mode is a minor mode on top of this one, if the person has
  ;; not chosen another.
  (cond
   ((get 'git-commit-major-mode 'saved-value))
   ((memq (bound-and-true-p git-commit-major-mode) '(nil text-mode colophon-message-mode))
    (setq git-commit-major-mode (if colophon-mode 'colophon-message-mode 'text-mode)))))

(provide 'colophon)
;;; colophon.el ends here
