;;; colophon-tests.el --- Tests of colophon.el  -*- lexical-binding: t; -*-

;;; Commentary:

;; emacs --batch -L . -l colophon-tests -f ert-run-tests-batch-and-exit

;;; Code:

(require 'ert)
(require 'cl-lib)
(require 'colophon)

(defmacro colophon-tests--with (client &rest body)
  "Run BODY with the mode on and CLIENT noted in place of started."
  (declare (indent 1))
  `(let (,client (colophon-command '("sh")))
     (cl-letf (((symbol-function 'colophon--eglot) (lambda () (push 'eglot ,client)))
               ((symbol-function 'colophon--lsp-mode) (lambda () (push 'lsp-mode ,client))))
       (colophon-mode 1)
       (unwind-protect (progn ,@body)
         (colophon-mode -1)))))

(defun colophon-tests--visit (name)
  "Visit a file called NAME, and tell the major mode."
  (let* ((dir (make-temp-file "colophon" t))
         (file (expand-file-name name dir)))
    (make-directory (file-name-directory file) t)
    (unwind-protect
        (with-current-buffer (find-file-noselect file)
          (unwind-protect major-mode
            (kill-buffer)))
      (delete-directory dir t))))

(ert-deftest colophon-tests-files ()
  "Messages and the policy are ours, and nothing else."
  (colophon-tests--with started
    (should (eq (colophon-tests--visit ".git/COMMIT_EDITMSG") 'colophon-message-mode))
    (should (eq (colophon-tests--visit ".git/MERGE_MSG") 'colophon-message-mode))
    (should (eq (colophon-tests--visit ".git/rebase-apply/final-commit") 'colophon-message-mode))
    (should (eq (colophon-tests--visit ".colophon.yaml") 'colophon-policy-mode))
    (should (equal started '(eglot eglot eglot eglot)))
    (dolist (name '(".git/TAG_EDITMSG" "final-commit" "x.colophon.yaml.bak" "ci.yaml" "COMMIT_EDITMSG.txt"))
      (should-not (memq (colophon-tests--visit name) '(colophon-message-mode colophon-policy-mode))))
    (should (= (length started) 4))))

(ert-deftest colophon-tests-off ()
  "Without the mode everything is as before."
  (colophon-tests--with started
    (colophon-mode -1)
    (should-not (eq (colophon-tests--visit ".git/COMMIT_EDITMSG") 'colophon-message-mode))
    (should-not started)))

(ert-deftest colophon-tests-client ()
  "The client is the one that is asked for."
  (colophon-tests--with started
    (let ((colophon-client 'lsp-mode))
      (colophon-tests--visit ".git/COMMIT_EDITMSG"))
    (should (equal started '(lsp-mode)))))

(ert-deftest colophon-tests-no-server ()
  "A server that is not there is said, and the message can be written."
  (colophon-tests--with started
    (let ((colophon-command '("colophon-that-is-not-there")) said)
      (cl-letf (((symbol-function 'message)
                 (lambda (format &rest args) (when format (setq said (apply #'format format args))))))
        (with-temp-buffer
          (setq buffer-file-name "COMMIT_EDITMSG")
          (colophon-start)
          (setq buffer-file-name nil)))
      (should (string-match-p "install Colophon" said)))
    (should-not started)))

(ert-deftest colophon-tests-settings ()
  "The settings are below `colophon'."
  (let ((colophon-settings '(:policy "qemu-2026-09")))
    (should (equal (colophon--contact)
                   '("colophon" "lsp" "--stdio"
                     :initializationOptions (:colophon (:policy "qemu-2026-09")))))))

(ert-deftest colophon-tests-git-commit ()
  "Magit's messages get our mode, but not where the person has chosen one."
  (defvar git-commit-major-mode)
  (let ((git-commit-major-mode 'text-mode))
    (colophon-tests--with _
      (should (eq git-commit-major-mode 'colophon-message-mode)))
    (should (eq git-commit-major-mode 'text-mode)))
  (let ((git-commit-major-mode 'markdown-mode))
    (colophon-tests--with _
      (should (eq git-commit-major-mode 'markdown-mode)))))

(provide 'colophon-tests)
;;; colophon-tests.el ends here
