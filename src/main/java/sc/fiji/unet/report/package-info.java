/**
 * The report beside a model: what it was trained on and how, how good it is,
 * and how to make it again. Text, tables and curves as a single page that needs
 * no other file, no script and no net; pictures are handed over.
 */

package sc.fiji.unet.report;
