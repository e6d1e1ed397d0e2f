// Package blob keeps the bytes of attachments, and lets nothing in that is not
// what it says.
//
// What a file is is found in its content; its name has to agree. There is a
// short list of kinds, and archives, markup and programs are none of them.
// Images are taken apart and made anew, so that what comes out is an image and
// nothing else: no hidden second format, no place where it was taken. A stored
// file has a random name and an ending of ours.
//
// What comes in lies in a folder of the server until it was checked, and then
// goes to a [Shelf]: a [Folder], or a [Bucket] of a store that speaks S3.
// [Store.Keep] returns when the shelf has the bytes for good, under their name.
// A process that dies before leaves a file that nobody knows of; [Store.Sweep]
// finds it.
package blob
