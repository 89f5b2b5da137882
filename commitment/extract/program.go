package extract

// Program names what proposed, in the record of its proposals: the program and the generation of its rules. Raise the
// number when rules change what is proposed.
const Program = "concord/extract 2"
