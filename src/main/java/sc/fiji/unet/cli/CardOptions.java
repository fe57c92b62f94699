
package sc.fiji.unet.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Option;

import sc.fiji.unet.model.ModelCard;

/** Options of every command that writes a model: what it says about itself. */
final class CardOptions {

	@Option(names = "--name", paramLabel = "TEXT",
		description = "What the model is called (default: as its file).")
	private String name;

	@Option(names = "--author", paramLabel = "NAME",
		description = "Who made the model; may be repeated.")
	private List<String> authors = new ArrayList<>();

	@Option(names = { "--licence", "--license" }, paramLabel = "SPDX",
		description = "Licence of the model, such as CC-BY-4.0 (spdx.org/licenses).")
	private String licence;

	@Option(names = "--description", paramLabel = "TEXT",
		description = "What the model is good for, at most 1024 characters.")
	private String description;

	@Option(names = "--cite", paramLabel = "TEXT",
		description = "A work to cite, with its DOI or web address at the end; may be repeated. The U-Net paper is always cited.")
	private List<String> citations = new ArrayList<>();

	/** @return what is given */
	ModelCard value() {
		ModelCard card = ModelCard.empty();
		if (name != null) card = card.withName(name);
		for (final String author : authors)
			card = card.withAuthor(author);
		if (licence != null) card = card.withLicence(licence);
		if (description != null) card = card.withDescription(description);
		for (final String citation : citations)
			card = card.withCitation(citation);
		return card;
	}
}
