// Package config is an organization's configuration as a file that people
// read, keep and change.
//
// [Write] makes the file of a [org.Config]; [Read] takes one apart, strictly.
// [File.On] puts it on the configuration in force: every object that the file
// has replaces the one of the same identifier, whole, and what the file leaves
// out of an object has its default. An object that the file does not have stays
// as it is: nothing is ever removed by leaving it out, because half a file must
// not empty a contact centre. What is no longer wanted is archived, disabled or
// deleted by saying so.
//
// So writing and reading back changes nothing, and putting a file on twice is
// putting it on once.
//
// # Keys
//
// An identifier in a file may be a word of one's own ("sales") in place of one
// that the program made ("que_01k…"). The same word in the same organization
// always means the same object, so that a file can be written by hand and put
// on again after a change.
package config
