package words

// A setting that cannot be used. It is left out, and the rest counts.
const (
	SettingValue Sentence = "The setting {setting} is {value}, which is none of {values}, so it does not count."
	SettingRule  Sentence = "The setting colophon.severity names the rule {rule}, which there is not; `colophon explain` lists the rules."
)

// What goes on when git takes long.
const (
	ProgressStaged Sentence = "Colophon: reading what this commit contains"
)
