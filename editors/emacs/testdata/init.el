;; What a person has who did what the README says.
(add-to-list 'load-path (getenv "COLOPHON_PLUGIN"))
(require 'colophon)
(colophon-mode 1)

;; For the test: nothing between the person and the text.
(setq inhibit-startup-screen t make-backup-files nil auto-save-default nil
      create-lockfiles nil vc-follow-symlinks t)
(fset 'yes-or-no-p 'y-or-n-p)
(load (locate-user-emacs-file "flavour") t)
