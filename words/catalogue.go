package words

// The catalogue. A group for each rule and each thing of the editor; the order is
// that in which a person meets them. What a place such as {project} stands for is
// said once:
//
//	{project}   the project as its policy names it, with "proposed" where it is
//	{Project}   the same at the beginning of a sentence

// The glance above the subject.
const (
	GlanceUnknown Sentence = "what is staged is not known yet"
)
